"""The index: built from the catalogue, packed into one file, opened again."""

import io
import json
import shutil
import tempfile
import weakref
import zipfile
from array import array
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import tantivy

from mikrokraad.catalogue.models import SearchWord, Synonyms
from mikrokraad.catalogue.search import documents
from mikrokraad.catalogue.search.documents import Written
from mikrokraad.catalogue.search.masks import Scale
from mikrokraad.catalogue.search.sheets import Sheet, Shelf, arranged
from mikrokraad.catalogue.search.tokens import Meaning, Reader, known_from
from mikrokraad.catalogue.search.words import LANGUAGES, words_in
from mikrokraad.core.texts import Text

EVERY = "every"  # the tokens of a whole programme, as they stand in it
NEAR = 3  # tokens that may stand between two of a phrase
EXPLAINED = ("title", "courses", "outcomes", "field", "lead")
FORMAT = 2  # of the file: grows whenever an older one cannot be searched any more
HEAP = 128_000_000
LIKELY = 50  # forms looked at for the end of a word

Group = list[list[list[str]]]  # phrases that mean the same; each word as its tokens


@dataclass
class Word:
    """A word of the catalogue: folded, as written, how often, its tokens."""

    form: str
    shown: str
    times: int
    tokens: list[str]


@dataclass
class Index:
    """Everything a search needs but the database's words for the query."""

    number: int
    shelf: Shelf
    texts: tantivy.Index
    words: list[Word]
    groups: list[Group]
    folder: Path | None = None  # the unpacked file; goes with the index
    found: "OrderedDict[str, Any]" = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.searcher = self.texts.searcher()
        self._forms = [word.form for word in self.words]
        self.vocabulary = {word.form: word for word in self.words}
        self.phrases: defaultdict[str, list[tuple[list[list[str]], int]]]
        self.phrases = defaultdict(list)  # by the first token; with the group's place
        for place, group in enumerate(self.groups):
            for phrase in group:
                self.phrases[phrase[0][0]].append((phrase, place))
        if self.folder is not None:
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def beginning(self, start: str) -> list[Word]:
        """Words that begin so."""
        at = bisect_left(self._forms, start)
        words = self.words[at : at + LIKELY]
        return [word for word in words if word.form.startswith(start)]

    def explained(self, place: int) -> list[tuple[str, Text, set[str]]]:
        """The parts of a programme that may be told as the reason it was found."""
        term = tantivy.Query.term_query(self.texts.schema, "place", place)
        hits = self.searcher.search(term, 1).hits
        if not hits:
            return []
        kept = self.searcher.doc(hits[0][1])["why"][0]
        return [(part, text, set(said)) for part, text, said in json.loads(bytes(kept))]


def near(index: Index, tokens: Sequence[str], *, apart: bool = False) -> tantivy.Query:
    """Programmes that have these tokens: near one another, or anywhere."""
    every = index.texts.schema, EVERY
    if len(tokens) > 1 and not apart:
        return tantivy.Query.phrase_query(*every, list(tokens), slop=NEAR)
    terms = [tantivy.Query.term_query(*every, token) for token in tokens]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("place", indexed=True, fast=True)
    for name in Written._fields:
        builder.add_text_field(name, index_option="freq")
    builder.add_text_field(EVERY, index_option="position")
    builder.add_bytes_field("why", stored=True)
    return builder.build()


Unknown = dict[str, set[str]]  # words that nobody looked up yet, by language


def built(
    number: int, folder: Path | None = None, meaning: Meaning | None = None
) -> tuple[Index, Unknown]:
    """The index of the catalogue as it is, and the words that nobody looked up yet.

    Without a folder it stays in memory. Only a worker gives the `meaning` of such words.
    """
    reader = Reader(_seen_words(), meaning)
    names = documents.names()
    facts, labels = documents.run_facts(names.places)
    shelf = arranged(facts, size=len(names.places), names=labels, english=names.english)
    how = documents.ways_of_study(facts)
    texts = tantivy.Index(schema(), path=str(folder) if folder else None)
    writer = texts.writer(HEAP, 1)
    for place, one in enumerate(documents.written(names.versions, how)):
        writer.add_document(_document(place, one, reader))
    writer.commit()
    writer.wait_merging_threads()
    texts.reload()
    groups = _groups(reader)
    words = [Word(*row) for row in reader.vocabulary()]
    return Index(number, shelf, texts, words, groups), reader.unknown


def _seen_words() -> Any:  # noqa: ANN401 -- rows of a table
    rows = SearchWord.objects.filter(seen=True)
    return known_from(rows.values_list("language", "form", "token", "parts"))


def _document(place: int, one: Written, reader: Reader) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("place", place)
    why = []
    for name, texts in one._asdict().items():
        for text in texts:
            said = _said(text, reader)
            document.add_text(name, " ".join(said))
            document.add_text(EVERY, " ".join(said))
            if name in EXPLAINED:
                why.append([name, text, list(dict.fromkeys(said))])
    document.add_bytes("why", json.dumps(why, ensure_ascii=False).encode())
    return document


def _said(text: Text, reader: Reader) -> list[str]:
    return [
        token
        for language in LANGUAGES
        for token in reader.tokens(text.get(language, ""), language)
    ]


def _groups(reader: Reader) -> list[Group]:
    """Words that mean the same. They are words of the vocabulary, too."""
    groups = []
    for words in Synonyms.objects.order_by("pk").values_list("words", flat=True):
        phrases = [
            _phrase(phrase, language, reader)
            for language in LANGUAGES
            for phrase in words.get(language, "").split(",")
        ]
        groups.append([phrase for phrase in phrases if phrase])
    return groups


def _phrase(text: str, language: str, reader: Reader) -> list[list[str]]:
    """The tokens of each word that says something; of “e-õpe” those of the whole."""
    wholes = (next(words_in(word), "") for word in text.split())
    tokens = (reader.tokens_of_synonym(word, language) for word in wholes if word)
    return [one for one in tokens if one]


# One file ----------------------------------------------------------------------------

TORN = (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, EOFError)


def packed(index: Index, folder: Path) -> bytes:
    """An index that was built in this folder, as one file."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for path in sorted(folder.iterdir()):
            if not path.name.startswith("."):
                file.write(path, f"texts/{path.name}")
        file.writestr("shelf.json", json.dumps(_plain(index), ensure_ascii=False))
    return kept.getvalue()


def unpacked(number: int, content: bytes) -> Index:
    """Errors: one of `TORN` when the file is not whole."""
    folder = Path(tempfile.mkdtemp(prefix="mikrokraad-search-"))
    try:
        return _opened(number, content, folder)
    except TORN:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _opened(number: int, content: bytes, folder: Path) -> Index:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        plain = json.loads(file.read("shelf.json"))
        for name in file.namelist():
            if name.startswith("texts/"):
                path = folder / Path(name).name
                with file.open(name) as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target)
    if (plain["number"], plain.get("format")) != (number, FORMAT):
        raise ValueError("an index of another edition, or of another version")
    texts = tantivy.Index.open(str(folder))
    words = [Word(*row) for row in plain["words"]]
    return Index(number, _shelf(plain["shelf"]), texts, words, plain["groups"], folder)


def _plain(index: Index) -> dict[str, Any]:
    shelf = index.shelf
    return {
        "number": index.number,
        "format": FORMAT,
        "words": [[w.form, w.shown, w.times, w.tokens] for w in index.words],
        "groups": index.groups,
        "shelf": {
            "size": shelf.size,
            "names": shelf.names,
            "english": list(shelf.english),
            "sheets": [_plain_sheet(sheet) for sheet in shelf.sheets],
        },
    }


def _plain_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "values": {
            name: {value: f"{mask:x}" for value, mask in masks.items()}
            for name, masks in sheet.values.items()
        },
        "scales": {
            name: [list(scale.numbers), list(scale.places)]
            for name, scale in sheet.scales.items()
        },
        "runs": [list(sheet.runs), [run.hex for run in sheet.runs.values()]],
        "present": f"{sheet.present:x}",
    }


def _shelf(plain: dict[str, Any]) -> Shelf:
    size = plain["size"]
    sheets = list(_sheets(plain["sheets"], size))
    return Shelf(size, sheets, plain["names"], array("L", plain["english"]))


def _sheets(plain: list[dict[str, Any]], size: int) -> Iterator[Sheet]:
    for one in plain:
        yield Sheet(
            size,
            {
                name: {value: int(mask, 16) for value, mask in masks.items()}
                for name, masks in one["values"].items()
            },
            {
                name: Scale(zip(*pairs, strict=True), size)
                for name, pairs in one["scales"].items()
            },
            {place: UUID(run) for place, run in zip(*one["runs"], strict=True)},
            int(one["present"], 16),
        )
