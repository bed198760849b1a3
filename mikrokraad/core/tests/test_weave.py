"""Any hash gives a proper belt, and always the same one."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.core import weave

SEEDS = st.text(max_size=40)


@given(SEEDS, st.integers(0, 3))
def test_a_motif_has_the_eight_symmetries_of_a_square(seed: str, frame: int) -> None:
    motif = weave.motif(seed, frame=frame)

    assert len(motif) == weave.SIDE
    assert motif == motif[::-1]
    assert motif == tuple(row[::-1] for row in motif)
    assert motif == tuple(zip(*motif, strict=True))


@given(SEEDS)
def test_the_same_seed_is_the_same_belt(seed: str) -> None:
    assert weave.belt_cells(seed) == weave.belt_cells(seed)
    assert weave.belt_band(seed) == weave.belt_band(seed)


@given(SEEDS, st.integers(1, 9))
def test_a_belt_is_whole_motifs_between_plain_edges(seed: str, motifs: int) -> None:
    rows = weave.belt_cells(seed, motifs=motifs)

    assert len(rows) == weave.SIDE + 2 * weave.EDGE
    assert {len(row) for row in rows} == {weave.SIDE * motifs}
    assert not any(rows[1])
    assert rows[0] == rows[-1]
    assert any(cell for row in rows[2:-2] for cell in row)


def test_different_programmes_have_different_belts() -> None:
    belts = {str(weave.belt_cells(f"programme-{n}")) for n in range(500)}

    assert len(belts) == 500


@given(SEEDS)
def test_the_strokes_of_a_picture_are_its_cells(seed: str) -> None:
    rows = weave.belt_cells(seed, motifs=2)
    svg = weave.belt_svg(seed, motifs=2, colour="#274a78")

    drawn = [[False] * len(rows[0]) for _row in rows]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", svg):
        for cell in range(int(x), int(x) + int(length)):
            drawn[int(y)][cell] = True

    assert drawn == rows
    assert ElementTree.fromstring(svg).attrib["aria-hidden"] == "true"


@given(SEEDS, st.text(max_size=10))
def test_a_band_is_sound_markup_whatever_it_is_given(seed: str, size: str) -> None:
    band = weave.belt_band(seed, colour="<script>", size=size.strip() and "small")

    ElementTree.fromstring(band)
    assert "<script" not in band
    assert "belt--indigo" in band
    assert band.count("<svg") == 1
    assert len(list(ElementTree.fromstring(band).iter())) <= 16


@given(SEEDS)
def test_a_band_repeats_the_motifs_of_the_belt(seed: str) -> None:
    band = ElementTree.fromstring(weave.belt_band(seed))
    (cloth,) = band.iter("pattern")
    columns = int(cloth.attrib["width"])
    drawn = [[False] * columns for _row in range(weave.SIDE)]
    strokes = {one.attrib["id"]: one.attrib["d"] for one in cloth.iter("path")}
    for use in cloth.iter("use"):
        for x, y, length in re.findall(
            r"M(\d+) (\d+)h(\d+)", strokes[use.attrib["href"].removeprefix("#")]
        ):
            for cell in range(int(length)):
                drawn[int(y)][int(use.attrib["x"]) + int(x) + cell] = True

    whole = weave.belt_cells(seed, motifs=columns // weave.SIDE)
    assert drawn == whole[weave.EDGE : -weave.EDGE]


@pytest.mark.parametrize("colour", weave.COLOURS)
def test_a_band_wears_the_colour_of_its_field(colour: str) -> None:
    assert f"belt--{colour}" in weave.belt_band("seed", colour=colour)
