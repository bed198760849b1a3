"""From JSON-LD to canonical N-Quads, the bytes that a data integrity proof covers.

Sources: JSON-LD 1.1; RDF Dataset Canonicalization (RDFC-1.0). pyoxigraph does the work; it
silently leaves out what a context does not define, so `lint` (PyLD) has to look first.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import pyoxigraph
from pyld import jsonld

from mikrokraad.credentials.crypto.contexts import Contexts, Document, shipped

Expanded: TypeAlias = list[Any]  # every context applied, every name an IRI

NOWHERE = "https://relative.invalid/"  # what a relative IRI would be resolved against
ABSOLUTE_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|_:)[^\s<>\"{}|\\^`\x00-\x20]*")


class NotCanonical(ValueError):
    """The document has no canonical form here. `reason` is for machines."""

    reason = "not-json-ld"

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(names))
        self.names = names


class UnknownContext(NotCanonical):
    """A context that is not shipped, and so never read."""

    reason = "unknown-context"


class UndefinedTerm(NotCanonical):
    """Properties, types or identifiers that a signature would not cover."""

    reason = "undefined-term"


def canonical(document: Document, *, contexts: Contexts | None = None) -> str:
    """Canonical N-Quads of a JSON-LD document, sorted, each line ended.

    Errors: UnknownContext; UndefinedTerm for a relative IRI; NotCanonical when it is not
    JSON-LD. Exponential for hostile graphs: use `isolation` for documents of strangers.
    """
    return _canonical(quads(document, contexts=contexts))


def canonical_expanded(expanded: Expanded) -> str:
    """Canonical N-Quads of what `lint` gave back: the same, without reading contexts again."""
    return _canonical(_parsed(expanded))


def quads(
    document: Document, *, contexts: Contexts | None = None
) -> pyoxigraph.Dataset:
    """The RDF dataset of a JSON-LD document, relative IRIs resolved against `NOWHERE`."""
    return _parsed(inlined(document, contexts=contexts))


def canonical_quads(dataset: pyoxigraph.Dataset) -> str:
    """Canonical N-Quads of a dataset, sorted by code point."""
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(lines(dataset)))


def lines(dataset: pyoxigraph.Dataset) -> list[str]:
    """The dataset's N-Quads, one line each with its line end, in any order."""
    raw = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    return [f"{line}\n" for line in (raw or b"").decode().split("\n") if line]


def inlined(document: Document, *, contexts: Contexts | None = None) -> Document:
    """The document with every context written out, so that nothing is left to fetch."""
    known = shipped() if contexts is None else contexts
    return {key: _inlined(key, value, known) for key, value in document.items()}


def lint(document: Document, *, contexts: Contexts | None = None) -> Expanded:
    """Refuse what canonicalisation would silently leave out. The document, expanded.

    Errors: UndefinedTerm with every undefined property, unmapped type and relative
    identifier by name; NotCanonical when a context is broken or redefines a protected term.
    """
    dropped: list[str] = []
    try:
        expanded: Expanded = jsonld.expand(
            inlined(document, contexts=contexts),
            {"base": NOWHERE, "documentLoader": _refuse_to_load},
            on_property_dropped=dropped.append,
        )
    except NotCanonical:
        raise
    except jsonld.JsonLdError as error:
        raise NotCanonical(str(error.code or error)) from error
    except Exception as error:  # PyLD trips over broken contexts in many ways
        raise NotCanonical(f"{type(error).__name__} {error}") from error
    wrong = {*map(str, dropped), *_not_absolute(expanded)}
    if wrong:
        raise UndefinedTerm(*sorted(wrong))
    return expanded


def _parsed(document: Document | Expanded) -> pyoxigraph.Dataset:
    try:
        parsed = pyoxigraph.parse(
            json.dumps(document),
            format=pyoxigraph.RdfFormat.JSON_LD,
            base_iri=NOWHERE,
        )
        return pyoxigraph.Dataset(parsed)
    except (SyntaxError, ValueError) as error:
        raise NotCanonical(str(error)) from error


def _canonical(dataset: pyoxigraph.Dataset) -> str:
    text = canonical_quads(dataset)
    if NOWHERE in text:
        _require_absolute(dataset)
    return text


def _inlined(key: str, value: Any, known: Contexts) -> Any:  # noqa: ANN401 -- any JSON value
    if key == "@context":
        return _written_out(value, known)
    if isinstance(value, dict):
        return {name: _inlined(name, each, known) for name, each in value.items()}
    if isinstance(value, list):
        return [_inlined("", each, known) for each in value]
    return value


def _written_out(context: Any, known: Contexts) -> Any:  # noqa: ANN401 -- any JSON value
    if isinstance(context, str):
        if context not in known:
            raise UnknownContext(context)
        return known[context]["@context"]
    if isinstance(context, list):
        return [_written_out(each, known) for each in context]
    if isinstance(context, dict):
        return {name: _inlined(name, each, known) for name, each in context.items()}
    return context


def _require_absolute(dataset: pyoxigraph.Dataset) -> None:
    wrong = {
        node.value.removeprefix(NOWHERE)
        for quad in dataset
        for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(node, pyoxigraph.NamedNode) and node.value.startswith(NOWHERE)
    }
    if wrong:
        raise UndefinedTerm(*sorted(wrong))


def _not_absolute(expanded: Any) -> Iterator[str]:  # noqa: ANN401 -- any JSON value
    if isinstance(expanded, list):
        for each in expanded:
            yield from _not_absolute(each)
    elif isinstance(expanded, dict):
        for iri in _identifiers(expanded):
            if iri.startswith(NOWHERE) or not ABSOLUTE_IRI.fullmatch(iri):
                yield iri.removeprefix(NOWHERE)
        for value in expanded.values():
            yield from _not_absolute(value)


def _identifiers(node: Document) -> list[str]:
    types = node.get("@type", [])
    return [
        *([node["@id"]] if "@id" in node else []),
        *([types] if isinstance(types, str) else types),
    ]


def _refuse_to_load(url: str, _options: object) -> Document:
    raise UnknownContext(url)
