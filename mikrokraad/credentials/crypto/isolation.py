"""Canonicalise documents of strangers in a process of its own, which may be killed.

A hostile graph ("poison graph") takes exponential time in every RDFC-1.0 engine. Here it
ends after `SECONDS`, whatever it is.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pyoxigraph

from mikrokraad.credentials.crypto import rdfc
from mikrokraad.credentials.crypto.contexts import Document

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 2
MOST_BYTES = 262_144
MOST_BLANK_NODES = 2_000
MOST_MEMORY = 1 << 30
DEEPEST = 40
MOST_CONTEXTS = 40

Source: TypeAlias = Document | str  # JSON-LD, or N-Quads as text


class TooMuch(rdfc.NotCanonical):
    """Too large, too deep or too hard to be canonicalised here."""

    reason = "too-much-work"


REASONS = {
    each.reason: each
    for each in (rdfc.NotCanonical, rdfc.UnknownContext, rdfc.UndefinedTerm, TooMuch)
}


def in_subprocess(
    *documents: Source,
    seconds: int = SECONDS,
    most_bytes: int = MOST_BYTES,
    most_blank_nodes: int = MOST_BLANK_NODES,
) -> list[str]:
    """Canonical N-Quads of each document, linted, under limits of time, size and memory.

    Units: `seconds` of processor time, and of waiting twice as long.
    Errors: TooMuch, UnknownContext, UndefinedTerm, NotCanonical.
    """
    question = json.dumps(
        {
            "documents": documents,
            "most_blank_nodes": most_blank_nodes,
            "seconds": seconds,
        }
    )
    if len(question) > most_bytes:
        raise TooMuch(f"more than {most_bytes} bytes")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mikrokraad.credentials.crypto.isolation"],
            cwd=ROOT,
            input=question,
            capture_output=True,
            text=True,
            timeout=2 * seconds + 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooMuch(f"more than {seconds} seconds") from error
    if done.returncode != 0:
        raise TooMuch(f"more than {seconds} seconds or {MOST_MEMORY} bytes of memory")
    return _answer(done.stdout)


def require_modest(document: Document, *, most_bytes: int = MOST_BYTES) -> None:
    """Refuse a document that is too large or too deep, or that repeats contexts without end.

    Errors: TooMuch.
    """
    contexts = 0
    waiting: list[tuple[Any, int]] = [(document, 1)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, dict) and "@context" in node:
            context = node["@context"]
            contexts += len(context) if isinstance(context, list) else 1
        if depth > DEEPEST or contexts > MOST_CONTEXTS:
            raise TooMuch("too deep" if depth > DEEPEST else "too many contexts")
        inside = node.values() if isinstance(node, dict) else node
        waiting += [
            (each, depth + 1) for each in inside if isinstance(each, dict | list)
        ]
    if len(json.dumps(document)) > most_bytes:
        raise TooMuch(f"more than {most_bytes} bytes")


def _answer(text: str) -> list[str]:
    answer = json.loads(text)
    if "reason" in answer:
        raise REASONS[answer["reason"]](*answer["names"])
    canonical: list[str] = answer["canonical"]
    return canonical


def _canonical(source: Source, most_blank_nodes: int) -> str:
    if isinstance(source, str):
        dataset = pyoxigraph.Dataset(
            pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.N_QUADS)
        )
    else:
        rdfc.lint(source)
        dataset = rdfc.quads(source)
    blank = {
        node
        for quad in dataset
        for node in (quad.subject, quad.object)
        if isinstance(node, pyoxigraph.BlankNode)
    }
    if len(blank) > most_blank_nodes:
        raise TooMuch(f"more than {most_blank_nodes} blank nodes")
    return rdfc.canonical_quads(dataset)


def main() -> None:
    """The process of its own: the question on standard input, the answer on standard output."""
    question = json.load(sys.stdin)
    resource.setrlimit(
        resource.RLIMIT_CPU, (question["seconds"] + 1, question["seconds"] + 1)
    )
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sources: Sequence[Source] = question["documents"]
    try:
        answer: Document = {
            "canonical": [
                _canonical(each, question["most_blank_nodes"]) for each in sources
            ]
        }
    except rdfc.NotCanonical as error:
        answer = {"reason": error.reason, "names": error.names}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
