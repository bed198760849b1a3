"""The shape of an applicant's answers, one small form per section.

`cleaned()` of each form is what `actions.save_section` keeps, plain JSON:

    about         {"given_name", "family_name", "birth_date": "2001-02-28"}
    education     {"education": a level, "education_about"}
    requirements  one requirement's {"met": "yes" | "no", "years": 2.0, "level": "B2",
                  "field": "06", "sector": "school", "country": "EE", "about"}:
                  of these, what its kind asks; kept under its key
    questions     question key to text, or to the number of the choice ("0" is first)
    payer         {"payer_kind", "name", "registry_code", "email", "purchase_order"}
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions import asking, eligibility, trying
from mikrokraad.admissions.questions import asked as asked_of
from mikrokraad.admissions.questions import leads_here
from mikrokraad.admissions.rules import Leaving
from mikrokraad.catalogue.models import Question, Requirement
from mikrokraad.catalogue.rules import Education as Level
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.core.texts import said
from mikrokraad.fees.rules import PayerKind
from mikrokraad.people.forms import NameField

MEGABYTE = 1_048_576
ACCEPTED_FILES = ".pdf,.jpg,.jpeg,.png"
WITHOUT_WORDS = {
    RequirementKind.DOCUMENT,
    RequirementKind.CITIZENSHIP,
    RequirementKind.RESIDENCE,
}
WRITE = _("Write an answer here.")
CHOOSE = _("Choose one.")
INVOICE_NEEDS = _("The invoice needs this.")


class Section(forms.Form):
    """One page of questions. Prefilled from what was saved before."""

    def cleaned(self) -> dict[str, Any]:
        """The answers as plain JSON; a file is kept apart."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if not isinstance(self.fields[name], forms.FileField)
        }

    def typed(self) -> dict[str, Any]:
        """What is filled in rightly so far, while somebody is typing."""
        return self.cleaned() if self.is_valid() or not self.only_whole else {}

    only_whole = False


def _evidence(*, required: bool = False) -> forms.FileField:
    return forms.FileField(
        label=_("Add a file"),
        help_text=format_lazy(
            _("A PDF or a picture (JPEG, PNG), up to {size} MB."),
            size=settings.EVIDENCE_MAX_BYTES // MEGABYTE,
        ),
        required=required,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}),
        error_messages={
            "required": _("Choose a file to add."),
            "empty": _("This file is empty. Choose another one."),
        },
    )


def _text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": WRITE},
        **options,
    )


class AboutYou(Section):
    only_whole = True
    given_name = NameField(
        label=_("Given name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your given name.")},
    )
    family_name = NameField(
        label=_("Family name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Write your family name.")},
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        help_text=_("It will stand on your certificate."),
        widget=forms.DateInput(
            attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"
        ),
        error_messages={
            "required": _("Write your date of birth."),
            "invalid": _("Write the date as day, month and year."),
        },
    )

    def cleaned(self) -> dict[str, Any]:
        return {
            **self.cleaned_data,
            "birth_date": self.cleaned_data["birth_date"].isoformat(),
        }


class Education(Section):
    education = forms.ChoiceField(
        label=_("What is the highest education you have completed?"),
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    education_about = forms.CharField(
        label=_("Where, what and when?"),
        help_text=_("For example: Tartu Art School, interior design, 2014."),
        max_length=300,
        error_messages={"required": _("Write where, what and when you studied.")},
    )


class EducationWithEvidence(Education):
    file = _evidence()


class RequirementAnswer(Section):
    """The answer to one requirement; what is asked is what can be tried before."""

    def __init__(self, requirement: Requirement, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.requirement = requirement
        kind = RequirementKind(requirement.kind)
        asked = eligibility.Asked(requirement.key, kind, requirement.params)
        for what in trying.asks(asked):
            if what in asking.ASKED:
                self.fields[what] = asking.ASKED[what](asked)
        if kind == RequirementKind.FREE_TEXT:
            self.fields["about"] = _text(_("Your answer"), rows=6)
        elif kind not in WITHOUT_WORDS:
            self.fields["about"] = _text(
                _("In a sentence or two: where, what, when?"), rows=3, required=False
            )
        if requirement.needs_evidence or kind == RequirementKind.DOCUMENT:
            self.fields["file"] = _evidence()

    def cleaned(self) -> dict[str, Any]:
        answer = super().cleaned()
        if answer.get("years") is not None:
            answer["years"] = float(answer["years"])
        return answer


class ProgrammeQuestions(Section):
    """The programme's own questions, all on one page.

    What hangs on another answer is there with words that say so; the script hides it
    until that answer is given, and what is not asked is not kept.
    """

    def __init__(
        self,
        questions: list[Question],
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = sorted(questions, key=lambda each: each.position)
        for question in self.questions:
            field = _asked(question)
            if question.only_if:
                _let_hang(field, question, self.questions)
            self.fields[question.key] = field

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for question in asked_of(self.questions, given):
            unsaid = not given.get(question.key) and question.key not in self.errors
            if question.required and unsaid:
                wrong = CHOOSE if question.choices else WRITE
                self.add_error(question.key, wrong)
        return given

    def cleaned(self) -> dict[str, Any]:
        given = super().cleaned()
        asked = {each.key for each in asked_of(self.questions, given)}
        return {key: answer for key, answer in given.items() if key in asked}


def _let_hang(
    field: forms.Field, question: Question, questions: list[Question]
) -> None:
    field.required = False
    words = dict(
        zip(("question", "answer"), leads_here(question, questions), strict=True)
    )
    field.help_text = gettext(
        "Only if you answered “{answer}” to “{question}”."
    ).format(**words)
    only = question.only_if or {"question": "", "answer": ""}
    field.widget.attrs["data-only-if"] = f"{only['question']}={only['answer']}"


def _asked(question: Question) -> forms.Field:
    label = said(question.text)
    if not question.choices:
        return _text(label, required=question.required)
    return forms.ChoiceField(
        label=label,
        choices=[(str(n), said(text)) for n, text in enumerate(question.choices)],
        widget=forms.RadioSelect,
        required=question.required,
        error_messages={"required": CHOOSE},
    )


ORGANISATION = ("name", "registry_code", "email", "purchase_order")


class Payer(Section):
    """Who pays; whom the invoice goes to is asked only if it is somebody else."""

    payer_kind = forms.ChoiceField(
        label=_("Who pays?"),
        choices=PayerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        error_messages={"required": INVOICE_NEEDS},
    )
    registry_code = forms.CharField(
        label=_("Its registry code"),
        max_length=20,
        error_messages={"required": INVOICE_NEEDS},
    )
    email = forms.EmailField(
        label=_("E-mail address for invoices"),
        error_messages={
            "required": INVOICE_NEEDS,
            "invalid": _("Write an address such as arved@example.org."),
        },
    )
    purchase_order = forms.CharField(
        label=_("Purchase order or contract number"),
        help_text=_("If the organisation wants to see it on the invoice."),
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        given = self.data.get("payer_kind")
        for name in ORGANISATION if self.is_bound else ():
            self.fields[name].disabled = given == PayerKind.SELF  # then it is not asked
            self.fields[name].required &= given not in ("", None, PayerKind.SELF)

    def cleaned(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in super().cleaned().items()
            if not self.fields[name].disabled
        }


class Enquire(forms.Form):
    """A question to the contact person. Nobody sees `website`; who fills it in is no person."""

    question = _text(
        _("Your question"),
        rows=7,
        help_text=_("Ask anything: dates, level, money, whether it is for you."),
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)


class EnquireUnknown(Enquire):
    """The same of somebody who is not signed in: who asks, and where the answer goes."""

    name = NameField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer comes here. It is used for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Write your e-mail address here."),
            "invalid": _("Write an address such as liis@example.org."),
        },
    )
    field_order = ("question", "name", "email", "website")


class Answer(forms.Form):
    text = _text(_("Your answer"), rows=5)
    file = _evidence()


class ShowCondition(forms.Form):
    """The file that shows that a condition of the place is met."""

    file = _evidence(required=True)


class Withdraw(forms.Form):
    """Why somebody leaves; the programme learns from it."""

    reason = forms.ChoiceField(
        label=_("Why do you take it back?"),
        help_text=_("The programme's people see it. It changes nothing for you."),
        choices=Leaving.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    words = _text(_("In your own words"), rows=3, required=False)


class AskToDefer(forms.Form):
    words = _text(_("Why do you want to study later?"), rows=4, required=False)


class Confirmed(forms.Form):
    """A button alone: nothing to fill in, only to be pressed."""
