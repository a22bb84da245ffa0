"""What a table can't hold never reaches one, wherever it was spelled."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.lists import words
from groundswell.read.recognise import readers
from groundswell.read.writable import writable, writable_text

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)


@given(ANY_TEXT)
def test_any_text_can_be_written_and_most_of_it_is_what_it_was(text):
    written = writable_text(text)

    assert "\0" not in written
    assert written.encode().decode() == written
    if text.isprintable():
        assert written == text


@given(st.recursive(ANY_TEXT | st.integers(), lambda inside: st.lists(inside) | st.dictionaries(ANY_TEXT, inside)))
def test_any_json_can_be_written(value):
    written = json.dumps(writable(value), ensure_ascii=False)

    assert "\\u0000" not in written
    written.encode()


def test_a_list_as_python_writes_it_may_spell_signs_that_no_table_holds():
    assert words(r"['Open\x00Gate', 'Gate\ud800']") == ("Open\ufffdGate", "Gate\ufffd")


def test_json_in_a_cell_may_spell_signs_that_no_table_holds():
    twarc = next(reader for reader in readers() if reader.name == "twarc-csv")
    row = dict(twarc.samples[0])
    row["entities.urls"] = r'[{"expanded_url": "https://example.org/\u0000a"}]'
    row["entities.hashtags"] = r'[{"tag": "Gate\ud800"}]'

    post = twarc.to_post(row)

    assert post.urls == ("https://example.org/\ufffda",)
    assert post.hashtags == ("Gate\ufffd",)
