"""The promises that every reader makes, asked of each one found."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.post import Post
from groundswell.read.reader import LeaveOut, Noted, Other
from groundswell.read.recognise import readers
from tests.read.kept import read, read_or_refused, write_lines

READERS = readers()


def by_name(reader):
    return reader.name


every_reader = pytest.mark.parametrize("reader", READERS, ids=by_name)


@every_reader
def test_reader_reads_its_own_samples(reader):
    assert reader.samples
    for sample in reader.samples:
        assert reader.knows(sample)
        for row in reader.rows(sample):
            assert isinstance(reader.to_post(row), Post | Noted | Other)
            reader.to_account(row)


@every_reader
def test_no_other_reader_claims_its_samples(reader):
    others = [other for other in READERS if other is not reader]

    assert not [other.name for other in others for sample in reader.samples if other.knows(sample)]


@every_reader
def test_reader_says_where_its_format_is_described_and_speaks_in_sentences(reader):
    assert reader.source
    assert reader.title[0].islower() or reader.title.split()[0] in ("Bluesky", "Mastodon", "X")
    assert all(sentence.endswith(".") for sentence in reader.assumes)


@every_reader
def test_reader_has_the_columns_of_its_samples_among_its_own(reader):
    for sample in reader.samples:
        assert set(sample) & set(reader.columns)


@every_reader
def test_samples_are_read_as_a_file(reader, tmp_path):
    """Every reader's samples, one JSON object a line, end as posts or other records."""
    ledger, kept = read(write_lines(tmp_path / "samples", reader.samples))

    assert ledger.format == reader.name
    assert ledger.n_left_out == 0
    assert len(kept.rows) == ledger.posts
    assert all(isinstance(row["post_id"], str) and isinstance(row["account_id"], str) for row in kept.rows)


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.shape == "table"], ids=by_name)
def test_a_table_without_one_of_its_columns_is_read_or_refused_in_words(reader, tmp_path):
    """The header is the writer's, too. The fuzzer found a release without `tweet_id` to end in a KeyError."""
    sample = reader.samples[0]
    for missing in sample:
        path = tmp_path / f"without-{missing}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, [name for name in sample if name != missing], extrasaction="ignore")
            out.writeheader()
            out.writerows([sample, sample])

        if found := read_or_refused(path):
            assert found[0].rows == 2


def test_names_are_unique():
    names = [reader.name for reader in READERS]

    assert sorted(names) == sorted(set(names))


ANYTHING: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "uri", "text"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def spoiled(value: Any, spoil: Any) -> Any:
    """A strategy for `value` with one part of it replaced by anything."""
    if isinstance(value, dict) and value:
        return (
            st.sampled_from(sorted(value)).flatmap(
                lambda key: spoiled(value[key], spoil).map(lambda inner: {**value, key: inner})
            )
            | spoil
        )
    if isinstance(value, list) and value:
        return spoiled(value[0], spoil).map(lambda inner: [inner, *value[1:]]) | spoil
    return spoil


@every_reader
@given(data=st.data())
def test_a_spoiled_sample_is_a_row_or_left_out_and_never_an_exception(reader, data):
    sample = json.loads(json.dumps(data.draw(st.sampled_from(reader.samples))))
    record = data.draw(spoiled(sample, ANYTHING))
    if not isinstance(record, dict) or not reader.knows(record):
        return
    for row in reader.rows(record):
        with suppress(LeaveOut):
            assert isinstance(reader.to_post(row), Post | Noted | Other)
            reader.to_account(row)
