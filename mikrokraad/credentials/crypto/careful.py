"""Canonicalise any document without trusting it: at once if it is plain, else apart."""

from mikrokraad.credentials.crypto import isolation, plain, rdfc
from mikrokraad.credentials.crypto.contexts import Document


def canonical(document: Document) -> str:
    """Canonical N-Quads, linted, of a document that may come from anybody.

    Errors: isolation.TooMuch, rdfc.UnknownContext, rdfc.UndefinedTerm, rdfc.NotCanonical.
    """
    isolation.require_modest(document)
    rdfc.lint(document)
    found = plain.canonical(rdfc.lines(rdfc.quads(document)))
    return isolation.in_subprocess(document)[0] if found is None else found
