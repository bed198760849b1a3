"""Which of the programme's own questions somebody is asked. Pure."""

from collections.abc import Iterable, Mapping

from mikrokraad.catalogue.models import Question
from mikrokraad.core.texts import said


def asked(questions: Iterable[Question], answers: Mapping[str, str]) -> list[Question]:
    """In their order; a question that hangs on another only after the answer it names.

    What hangs on a question that is not asked, or comes later, is not asked either.
    """
    found: list[Question] = []
    for question in sorted(questions, key=lambda each: each.position):
        only = question.only_if
        earlier = {each.key for each in found}
        if not only or (
            only["question"] in earlier
            and answers.get(only["question"]) == only["answer"]
        ):
            found.append(question)
    return found


def leads_here(question: Question, questions: Iterable[Question]) -> tuple[str, str]:
    """The question that another hangs on, and the answer to it, in words."""
    only = question.only_if or {}
    for other in questions:
        number = int(only.get("answer", -1))
        if other.key == only.get("question") and 0 <= number < len(other.choices):
            return said(other.text), said(other.choices[number])
    return "", ""
