"""Looking for programmes: what is asked for, what fits, and how many would. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from mikrokraad.catalogue.queries import Listed
from mikrokraad.catalogue.rules import Applying

YES = "yes"
MOST_LETTERS = 100
# Earlier here is shown first, of a programme's several runs too.
ORDER = [Applying.OPEN, Applying.NOT_YET, Applying.OVER, Applying.NOT_OFFERED]
VALUES: dict[str, Callable[[Listed], Iterable[str]]] = {
    "semester": lambda run: [run.term],
    "language": lambda run: run.languages,
    "mode": lambda run: [run.mode],
    "kind": lambda run: [run.kind],
    "field": lambda run: [run.broad],
    "free": lambda run: [YES] if run.cents == 0 and not run.commissioned else [],
    "open": lambda run: [YES] if run.standing == Applying.OPEN else [],
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `chosen` by the names of `VALUES`."""

    q: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def asking(self, name: str, value: str) -> "Wanted":
        """The same with one filter set; with an empty value, without it."""
        others = {key: kept for key, kept in self.chosen.items() if key != name}
        return replace(self, chosen={**others, name: value} if value else others)

    @property
    def query(self) -> str:
        """As GET parameters."""
        asked = {"q": self.q, **self.chosen}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def is_anything(self) -> bool:
        return bool(self.q or self.chosen)


def wanted(asked: Mapping[str, str], runs: Iterable[Listed]) -> Wanted:
    """What is asked for; a value that no run has is taken for no wish at all."""
    known: dict[str, set[str]] = {name: set() for name in VALUES}
    for run in runs:
        for name, values in VALUES.items():
            known[name].update(values(run))
    chosen = {
        name: asked[name][: 2 if name == "field" else None]
        for name in VALUES
        if asked.get(name, "")[: 2 if name == "field" else None] in known[name]
    }
    return Wanted(asked.get("q", "").strip()[:MOST_LETTERS], chosen)


def fits(run: Listed, want: Wanted, *, but: str = "") -> bool:
    """Whether a run is what somebody looks for; the filter `but` is left aside."""
    return all(
        value in VALUES[name](run) for name, value in want.chosen.items() if name != but
    ) and _says(run, want.q)


def _says(run: Listed, words: str) -> bool:
    """Every word occurs somewhere, in any language."""
    if not words:
        return True
    texts = (run.title, run.lead, run.field_name, run.broad_name, run.kind_name)
    said = " ".join(one for text in texts for one in (text or {}).values()).casefold()
    return all(word in said for word in words.casefold().split())


def found(runs: Iterable[Listed], want: Wanted, language: str) -> list[Listed]:
    """What fits: each programme once, with the run that matters most, in order."""
    best: dict[object, Listed] = {}
    for run in runs:
        if not fits(run, want):
            continue
        before = best.get(run.programme)
        if before is None or ORDER.index(run.standing) < ORDER.index(before.standing):
            best[run.programme] = run
    return sorted(
        best.values(),
        key=lambda run: (ORDER.index(run.standing), _name(run, language).casefold()),
    )


def _name(run: Listed, language: str) -> str:
    return run.title.get(language) or next(iter(run.title.values()), "")


def counts(runs: Iterable[Listed], want: Wanted, name: str) -> Counter[str]:
    """How many programmes each value of one filter would leave, the others as they are."""
    pairs = {
        (value, run.programme)
        for run in runs
        if fits(run, want, but=name)
        for value in VALUES[name](run)
    }
    return Counter(value for value, _programme in pairs)
