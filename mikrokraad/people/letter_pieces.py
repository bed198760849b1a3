"""What a letter's file is made of: words, facts within them, and blocks.

A letter that staff may reword has, outside its blocks, only words and facts. So its
file can be shown with {names} where facts stand, and each fact can be told by itself:
another wording has the same facts as the standing text, and nothing else.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.template import Context
from django.template.base import (
    FilterExpression,
    Node,
    Parser,
    Template,
    TextNode,
    TokenType,
)
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

from mikrokraad.core.placeholders import tidy
from mikrokraad.core.prose import subject_and_body

WORDS = (TextNode, TranslateNode)


def _gap(name: str) -> FilterExpression:
    """Stands where a fact would: its own name, in braces."""
    return FilterExpression(f'"{{{name}}}"', Parser([]))


def can_be_reworded(template: str) -> bool:
    known = (*WORDS, BlockTranslateNode, BlockNode)
    return all(isinstance(node, known) for node in _nodes(template))


def names_in_order(template: str) -> list[str]:
    """Every name a letter knows, in the order in which they first stand in it."""
    found: dict[str, None] = {}
    for node in _nodes(template):
        if isinstance(node, BlockNode):
            found[node.name] = None
        elif isinstance(node, BlockTranslateNode):
            found |= dict.fromkeys(_names(node))
    return list(found)


def outline(template: str, language: str) -> tuple[str, str]:
    """Subject and body of the standing text, with {names} where facts stand."""
    compiled, context = _compiled(template), Context(autoescape=False)
    with translation.override(language), context.bind_template(compiled):
        text = "".join(_outlined(node, context) for node in compiled.nodelist)
    subject, body = subject_and_body(text)
    return subject, tidy(body)


def facts_in(template: str, language: str, facts: dict[str, Any]) -> dict[str, str]:
    """What stands for each name, in this language."""
    compiled = _compiled(template)
    context = Context(facts, autoescape=False)  # Markdown is escaped when it is read
    with translation.override(language), context.bind_template(compiled):
        return {
            name: value.strip()
            for node in compiled.nodelist
            for name, value in _told(node, context)
        }


def _compiled(template: str) -> Template:
    compiled: Template = get_template(template).template  # type: ignore[attr-defined]
    return compiled


def _nodes(template: str) -> list[Node]:
    return list(_compiled(template).nodelist)


def _outlined(node: Node, context: Context) -> str:
    if isinstance(node, BlockNode):
        return f"{{{node.name}}}"
    if isinstance(node, BlockTranslateNode):
        shown = copy(node)
        shown.extra_context = {name: _gap(name) for name in _names(node)}
        return str(shown.render(context))
    return str(node.render(context))


def _told(node: Node, context: Context) -> Iterator[tuple[str, str]]:
    if isinstance(node, BlockNode):
        yield node.name, str(node.render(context))
    elif isinstance(node, BlockTranslateNode):
        for name in _names(node):
            given = node.extra_context.get(name)
            value = given.resolve(context) if given else context.get(name, "")
            yield name, str(value)


def _names(node: BlockTranslateNode) -> list[str]:
    return [each.contents for each in node.singular if each.token_type == TokenType.VAR]
