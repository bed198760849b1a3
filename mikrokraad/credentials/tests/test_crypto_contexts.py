import json
from hashlib import sha256
from pathlib import Path

import pytest

from mikrokraad.credentials.crypto import contexts


def test_shipped_contexts_are_the_published_ones(shared: Path) -> None:
    folder = shared / "standards" / "contexts"
    index = json.loads((folder / "index.json").read_text())

    for url, content in contexts.shipped().items():
        assert content == json.loads((folder / index[url]["file"]).read_text()), url
        assert (
            contexts.PINS[url][1] == index[url]["sha256"]
            or url == contexts.OPEN_BADGES_EXTENSIONS
        )


def test_pinned_refuses_a_file_with_one_changed_byte(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_bytes(b'{"@context": {}}')
    pin = sha256(file.read_bytes()).hexdigest()
    assert contexts.pinned(file, pin) == {"@context": {}}

    file.write_bytes(b'{"@context": {} }')

    with pytest.raises(contexts.ContextChanged, match=r"context\.json"):
        contexts.pinned(file, pin)
