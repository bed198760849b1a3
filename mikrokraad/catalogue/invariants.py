"""What must never be false about what is offered, checked over the whole database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mikrokraad.catalogue import facts, queries
from mikrokraad.catalogue.actions import APPROVED, PUBLISHED
from mikrokraad.catalogue.completeness import missing_elements
from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.register import named

CHECKED = {
    "C1": "an approved version says what it said when it was approved",
    "C2": "every published run has all that may not be missing",
    "C3": "a published run stays with the version it was published with",
    "C4": "a published run costs what it was published for",
}


def broken(*, at: datetime) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- as in every room
    yield from _changed_versions()
    yield from _runs()


def _changed_versions() -> Iterator[tuple[str, str]]:
    approved = _last_said(APPROVED)
    for version in queries.whole_versions():
        said = approved.get(named(version))
        if said and said["fingerprint"] != facts.fingerprint(version):
            yield "C1", f"version {version.pk} changed after it was approved"


def _runs() -> Iterator[tuple[str, str]]:
    published = _last_said(PUBLISHED)
    versions = {version.pk: version for version in queries.whole_versions()}
    for run in queries.published_runs().prefetch_related("price_lines"):
        yield from _incomplete(run, versions.get(run.version_id))
        said = published.get(named(run))
        if said:
            yield from _other_terms(run, said)


def _incomplete(
    run: Run, version: ProgrammeVersion | None
) -> Iterator[tuple[str, str]]:
    if version is None:
        yield "C2", f"run {run.pk} is published, but its version was never approved"
        return
    missing = missing_elements(facts.version_facts(version, run))
    if missing:
        names = ", ".join(one.element.value for one in missing)
        yield "C2", f"run {run.pk} lacks: {names}"


def _other_terms(run: Run, said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    now = facts.terms(run)
    if said["version"] != now["version"]:
        yield (
            "C3",
            f"run {run.pk} was published with version {said['version']}, now it is of {now['version']}",
        )
    if said["prices"] != now["prices"]:
        yield "C4", f"run {run.pk} has other prices than it was published with"


def _last_said(verb: str) -> dict[str, dict[str, Any]]:
    """What the register said last with `verb`, by thing."""
    entries = RegisterEntry.objects.filter(verb=verb).order_by("pk")
    return {entry.thing: entry.facts for entry in entries}
