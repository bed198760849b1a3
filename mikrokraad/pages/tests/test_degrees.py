"""What a programme counts towards stands on its page."""

import pytest
from django.test import Client

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.pages.shelf import SHELF
from mikrokraad.pages.tests.factories import words_of
from mikrokraad.pathways.tests import factories as pathways

pytestmark = pytest.mark.django_db


def test_a_course_says_in_which_degrees_it_counts(client: Client) -> None:
    run = catalogue.run()
    first = run.version.components.order_by("position")[0].course
    for title in ("Computer Science", "Statistics"):
        slots = pathways.slots_of(pathways.curriculum(title))
        pathways.counts(first, slots[0])
        pathways.counts(first, slots[1])

    page = client.get(f"/en/programmes/{run.version.programme.slug}/")

    text = page.content.decode()
    assert text.count("Counts in the degree: Computer Science, Statistics") == 1


def test_a_degree_says_its_level(client: Client) -> None:
    run = catalogue.run()
    first = run.version.components.order_by("position")[0].course
    degree = pathways.curriculum("Statistics")
    pathways.counts(first, pathways.slots_of(degree)[0])
    address = f"/en/programmes/{run.version.programme.slug}/"

    for level, said in (("master", "master's degree"), ("", "")):
        degree.level = level
        degree.save()
        SHELF.clear()
        assert f"Statistics {said}".strip() in words_of(client.get(address))


def test_a_proposal_is_not_promised(client: Client) -> None:
    run = catalogue.run()
    first = run.version.components.order_by("position")[0].course
    slot = pathways.slots_of(pathways.curriculum())[0]
    pathways.counts(first, slot, decided_by=None)

    page = client.get(f"/en/programmes/{run.version.programme.slug}/")

    assert "Counts in the degree" not in page.content.decode()
