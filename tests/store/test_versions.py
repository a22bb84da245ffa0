"""Edited posts: the latest version counts whichever file holds it, and the others are counted as earlier ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.read.bluesky_jetstream import READER as BLUESKY
from groundswell.read.mastodon import READER as MASTODON
from groundswell.read.versions import EARLIER
from tests.read.kept import write_lines

STATUS = MASTODON.samples[0]
JETSTREAM = BLUESKY.samples[0]
DAY = "2024-05-01T1{}:00:00.000Z"


def version(n, uri="https://example.social/1"):
    """The nth version of a status; the first was never edited."""
    return {**STATUS, "uri": uri, "content": f"<p>version {n}</p>", "edited_at": DAY.format(n) if n else None}


def words(study):
    """What the posts of a study say, by id."""
    with Duck() as engine:
        study.open_tables(engine)
        rows = engine.rows("select post_id, text from posts order by post_id, text")
    assert len({post_id for post_id, _ in rows}) == len(rows), "a post stands there twice"
    return dict(rows)


def totals(study):
    entries = study.ledgers()
    return sum(one.posts for one in entries), sum(one.other_records.get(EARLIER, 0) for one in entries)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_in_one_file_the_latest_version_counts_in_whatever_order(order, tmp_path):
    study = pipeline.new(tmp_path / "a.study")

    (ledger,) = pipeline.read(study, [write_lines(tmp_path / "statuses", map(version, order))])

    assert list(words(study).values()) == ["version 2"]
    assert (ledger.rows, ledger.posts, ledger.other_records) == (3, 1, {EARLIER: 2})


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_over_two_files_the_latest_version_counts_in_whatever_order(order, tmp_path):
    study = pipeline.new(tmp_path / "a.study")

    for n in order:
        pipeline.read(study, [write_lines(tmp_path / f"statuses-{n}", [version(n)])])

    assert list(words(study).values()) == [f"version {max(order)}"]
    assert totals(study) == (1, 1)


def test_the_same_version_twice_is_one_post_read_before(tmp_path):
    study = pipeline.new(tmp_path / "a.study")

    (ledger,) = pipeline.read(study, [write_lines(tmp_path / "statuses", [version(1), version(1)])])

    assert [(one.reason, one.rows) for one in ledger.left_out] == [("read before: the same post id", 1)]
    assert list(words(study).values()) == ["version 1"]


def test_the_earlier_version_stays_in_the_raw_bytes(tmp_path):
    study = pipeline.new(tmp_path / "a.study")
    pipeline.read(study, [write_lines(tmp_path / "first", [version(0)])])
    kept = {path.name: path.read_bytes() for path in study.raw.iterdir()}

    pipeline.read(study, [write_lines(tmp_path / "second", [version(1)])])

    assert kept.items() <= {path.name: path.read_bytes() for path in study.raw.iterdir()}.items()


def test_an_edit_under_a_new_id_takes_the_place_of_the_older_ones(tmp_path):
    """X gives each version an id and each later one the list of them."""

    def tweet(n):
        history = [str(i) for i in range(1, n + 1)]
        post = {"id": str(n), "author_id": "11", "created_at": DAY.format(n), "text": f"version {n}"}
        return {"data": [{**post, "edit_history_tweet_ids": history}]}

    study = pipeline.new(tmp_path / "a.study")
    (ledger,) = pipeline.read(study, [write_lines(tmp_path / "pages", [tweet(1), tweet(3), tweet(2)])])

    assert words(study) == {"3": "version 3"}
    assert (ledger.posts, ledger.other_records) == (1, {EARLIER: 2})


def test_an_edited_message_of_a_later_export_counts(tmp_path):
    def export(message):
        about = {"name": "Gate", "type": "public_channel", "id": 14}
        return {**about, "messages": [{"id": 2, "type": "message", "date_unixtime": "1714557609", **message}]}

    study = pipeline.new(tmp_path / "a.study")
    pipeline.read(study, [write_lines(tmp_path / "may", [export({"text": "first"})])])
    pipeline.read(
        study, [write_lines(tmp_path / "june", [export({"text": "second", "edited_unixtime": "1714557700"})])]
    )

    assert list(words(study).values()) == ["second"]
    assert totals(study) == (1, 1)


def event(n, words, operation="create"):
    commit = {**JETSTREAM["commit"], "operation": operation, "record": {"text": words}}
    return {**JETSTREAM, "time_us": JETSTREAM["time_us"] + n, "commit": commit}


@pytest.mark.parametrize("files", [(3,), (1, 2), (2, 1), (1, 1, 1)])
def test_what_tells_only_when_it_was_changed_keeps_the_time_of_the_first_version(files, tmp_path):
    study = pipeline.new(tmp_path / "a.study")
    events = [event(0, "first"), event(5, "second", "update"), event(9, "third", "update")]
    for n in files:
        pipeline.read(study, [write_lines(tmp_path / f"events-{len(events)}", events[:n])])
        del events[:n]

    with Duck() as engine:
        study.open_tables(engine)
        assert engine.rows("select text, epoch_us(time) from posts") == [("third", JETSTREAM["time_us"])]
    assert totals(study) == (1, 2)


def test_a_kill_while_times_are_given_loses_none(tmp_path, monkeypatch):
    study = pipeline.new(tmp_path / "a.study")
    pipeline.read(study, [write_lines(tmp_path / "first", [event(0, "first")])])
    monkeypatch.setattr("groundswell.store.versions._take_out", killed)
    with pytest.raises(KeyboardInterrupt):
        pipeline.read(study, [write_lines(tmp_path / "second", [event(5, "second", "update")])])
    monkeypatch.undo()

    pipeline.read(study, [write_lines(tmp_path / "third", [event(7, "third", "update")])])

    with Duck() as engine:
        study.open_tables(engine)
        assert engine.rows("select text, epoch_us(time) from posts") == [("third", JETSTREAM["time_us"])]


def killed(*_):
    raise KeyboardInterrupt


def test_pseudonyms_know_their_versions_too(tmp_path):
    study, key = pipeline.new(tmp_path / "a.study"), tmp_path / "gate.key"

    for n in (1, 0, 2):
        pipeline.read(study, [write_lines(tmp_path / f"statuses-{n}", [version(n)])], pseudonymise=key)

    assert list(words(study).values()) == ["version 2"]
    assert totals(study) == (1, 2)


def test_what_a_kill_left_open_is_settled_by_the_next_call(tmp_path, monkeypatch):
    study = pipeline.new(tmp_path / "a.study")
    pipeline.read(study, [write_lines(tmp_path / "first", [version(0)])])
    with monkeypatch.context() as broken:
        broken.setattr("groundswell.pipeline.reading.settle_versions", lambda study, engine: 0)
        pipeline.read(study, [write_lines(tmp_path / "second", [version(1)])])

    pipeline.read(study, [write_lines(tmp_path / "third", [version(0, "https://example.social/9")])])

    assert words(study)["https://example.social/1"] == "version 1"
    assert totals(study) == (2, 1)
    assert not list((study.folder / "versions").iterdir())


def test_a_ledger_remembers_an_edit_without_naming_the_post(tmp_path):
    study = pipeline.new(tmp_path / "a.study")
    pipeline.read(study, [write_lines(tmp_path / "statuses", [version(1)])])

    (place,) = (study.folder / "ledger").glob("*.json")

    assert json.loads(place.read_text())["edited"]
    assert "example.social" not in place.read_text()


@given(
    files=st.lists(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ab")), max_size=4), min_size=1, max_size=3)
)
@settings(max_examples=8)
def test_agrees_with_sorting_all_versions(files, tmp_path_factory):
    """Whatever is read when: of each post the version edited last, and rows = posts + others + left out."""
    folder = tmp_path_factory.mktemp("versions")
    study = pipeline.new(folder / "a.study")
    last: dict[str, int] = {}
    for i, statuses in enumerate(files):
        # A line of its own, so that no two files have the same bytes.
        lines = [version(0, f"https://example.social/own-{i}"), *(version(n, uri) for n, uri in statuses)]
        pipeline.read(study, [write_lines(folder / f"{i}", lines)])
        for n, uri in statuses:
            last[uri] = max(n, last.get(uri, 0))

    found = {uri: text for uri, text in words(study).items() if "own" not in uri}

    assert found == {uri: f"version {n}" for uri, n in last.items()}
    assert totals(study)[0] == len(last) + len(files)
