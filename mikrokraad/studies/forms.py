"""The shape of what learners choose."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import CourseSection
from mikrokraad.core.texts import said
from mikrokraad.studies.choices import Choice


class Electives(forms.Form):
    """One set of ticks for each elective group."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        choices: Iterable[Choice],
        left: Mapping[UUID, int],
        taken: Iterable[UUID],
        **kwargs: Any,  # noqa: ANN401 -- Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        own = {str(pk) for pk in taken}
        for number, choice in enumerate(choices):
            known = [str(each.pk) for each in choice.sections]
            self.fields[f"group-{number}"] = forms.MultipleChoiceField(
                label=said(choice.title),
                help_text=_("At least {ects} ECTS.").format(ects=choice.least),
                choices=[
                    (str(each.pk), _told(each, left.get(each.pk, 0), own))
                    for each in choice.sections
                ],
                initial=[pk for pk in known if pk in own],
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "required": _("Choose at least one course."),
                    "invalid_choice": _(
                        "This course is not among those to choose. Open the page again."
                    ),
                },
            )

    def chosen(self) -> list[UUID]:
        return [UUID(pk) for group in self.cleaned_data.values() for pk in group]


def _told(section: CourseSection, left: int, own: set[str]) -> str:
    """“Big data, 6 ECTS, 12 seats left”."""
    title, ects = said(section.course.title), section.course.ects
    if str(section.pk) in own:
        return _("{title}, {ects} ECTS: you have a seat").format(title=title, ects=ects)
    if not left:
        return _("{title}, {ects} ECTS: full").format(title=title, ects=ects)
    return _("{title}, {ects} ECTS, seats left: {left}").format(
        title=title, ects=ects, left=left
    )
