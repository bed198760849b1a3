"""The programme manager at work: a version at each step of its way, and the register."""

from datetime import datetime

from mikrokraad.catalogue import actions, drafting
from mikrokraad.catalogue.drafting import Step, step_from
from mikrokraad.catalogue.ehis.exporting import exported
from mikrokraad.catalogue.ehis.taking_over import import_records
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import Section
from mikrokraad.core.calendar import day_of
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.demo.seed.report import OPEN
from mikrokraad.people.models import Person

MANAGER, REVIEWER = "kadri.kirivoo", "jaak.solg"
IN_REVIEW, COMPARED, DIFFERS = (
    "informatics-didactics",
    "digital-product-innovation",
    ("methods-of-artificial-intelligence"),
)
COMMENT = (
    "Palun ütle siin, kui palju aega õppimine nädalas võtab ja millal praktika on."
)
MORE = {
    "et": " Nädalas kulub umbes kümme tundi.",
    "en": " It takes about ten hours a week.",
}
CLEARER = {
    "lead_et": "Vii digitoode ideest esimeste kasutajateni koos meeskonnaga, kus on nii ärimõtlejaid kui ka arendajaid. Programm sobib sulle, kui tahad otsustada, mida üldse ehitada.",
    "lead_en": "Take a digital product from idea to its first users in a team that mixes business minds and developers. The programme suits you if you want to decide what to build at all.",
}


def writing_versions(town: Town) -> Life:
    """A draft that lacks something, one in review, one approved, one beside the register."""
    yield town.lately(9)
    approve_clearer_words(town)
    yield town.lately(4)
    ask_for_review(town)
    yield town.lately(3)
    begin_a_draft(town)
    comment_on_it(town)
    yield town.lately(2)
    see_the_register(town)


def _draft(
    town: Town, slug: str, *, material: bool
) -> tuple[ProgrammeVersion, Person] | None:
    """A new version of a programme, if the demonstration has that programme."""
    versions = town.made.world.versions.get(slug)
    if not versions:
        return None
    by = town.staff(MANAGER)
    programme = versions[-1].programme
    draft = actions.create_draft(programme, material=material, by=by, at=town.at)
    return draft, by


def begin_a_draft(town: Town) -> None:
    """Three things are missing: for whom it is in English, and two more."""
    begun = _draft(town, OPEN, material=True)
    if begun is None:
        return
    draft, by = begun
    _write(draft, Section.BASICS, {"for_whom_en": ""}, by=by, at=town.at)
    nothing = dict.fromkeys(["assessment_type_et", "assessment_type_en"], "")
    _write(draft, Section.STANDARDS, nothing, by=by, at=town.at)
    _write(draft, Section.OUTCOMES, {}, step="add:outcome", by=by, at=town.at)
    newest = draft.outcomes.order_by("-position")[0]
    name = drafting.named(drafting.OUTCOMES, newest)
    words = {
        f"{name}-text_et": "kavandab andmeprojekti nii, et teised saavad seda korrata",
        f"{name}-text_en": "plan a data project so that others can repeat it",
    }
    _write(draft, Section.OUTCOMES, words, by=by, at=town.at)


def ask_for_review(town: Town) -> None:
    begun = _draft(town, IN_REVIEW, material=True)
    if begun is None:
        return
    draft, by = begun
    longer = {
        f"content_{code}": draft.content[code] + words for code, words in MORE.items()
    }
    _write(draft, Section.BASICS, longer, by=by, at=town.at)
    actions.submit_for_review(draft, reviewer=town.staff(REVIEWER), by=by, at=town.at)


def comment_on_it(town: Town) -> None:
    waiting = ProgrammeVersion.objects.filter(
        programme__slug=IN_REVIEW, state="in_review"
    ).first()
    if waiting is not None:
        reviewer = town.staff(REVIEWER)
        actions.comment(waiting, Section.BASICS, COMMENT, by=reviewer, at=town.at)


def approve_clearer_words(town: Town) -> None:
    begun = _draft(town, COMPARED, material=False)
    if begun is None:
        return
    draft, by = begun
    _write(draft, Section.BASICS, CLEARER, by=by, at=town.at)
    actions.submit_for_review(draft, by=by, at=town.at)
    actions.approve(draft, by=town.staff(REVIEWER), at=town.at)


def see_the_register(town: Town) -> None:
    """The register has our programmes as they were, but for one."""
    records = exported(on=day_of(town.at)).content["curricula"]
    codes = {
        versions[0].programme.register_code: slug
        for slug, versions in town.made.world.versions.items()
    }
    for record in records:
        if codes.get(record["ehis_kood"]) == DIFFERS:
            record["eap"] += 6
            record["outcomes"] = record["outcomes"][:-1]
    unit = next(iter(town.made.world.units.values()))
    import_records(records, unit=unit, by=None, at=town.at)


def _write(
    draft: ProgrammeVersion,
    section: Section,
    values: dict[str, str],
    *,
    step: str = "",
    by: Person,
    at: datetime,
) -> None:
    button: Step | None = step_from(step)
    actions.edit_section(draft, section, values, step=button, by=by, at=at)
