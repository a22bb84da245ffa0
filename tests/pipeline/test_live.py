"""Live panels: what is on the disk is counted once, as lines and then as a file, and equals the stored panels."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.collect.jetstream import Jetstream
from groundswell.collect.journal import Journal
from groundswell.collect.sealing import seal, stream_folder
from groundswell.pipeline import live
from groundswell.pipeline.live import Follower
from groundswell.pipeline.live_tail import Tail
from groundswell.store.study import Study
from groundswell.watch.stream_scope import PANELS
from tests.collect.fake_jetstream import created

SOURCE = Jetstream("ws://127.0.0.1:1/subscribe")
TAGS = ("OpenGate", "river", "cup")


class Collection:
    """A study whose journal is written by hand."""

    def __init__(self, folder):
        self.study = Study.create(folder, version="test")
        self.n = self.n_journals = 0
        self.journal = self._open()

    def write(self, n, *, again=0):
        """Let `n` posts arrive, the last `again` of those before them once more."""
        for number in range(max(0, self.n - again), self.n + n):
            event = created(number, account=f"did:plc:a{number % 4}", text=f"#{TAGS[number % 3]} #x{number % 5}")
            event["commit"]["record"]["tags"] = [TAGS[number % 3], f"x{number % 5}"]
            self.journal.add(json.dumps(event))
        self.n += n

    def write_half(self):
        """Let a line arrive of which the end is missing."""
        self.journal._file.write(b'{"did": "did:plc:a')

    def seal(self):
        """Make the journal a file of the study."""
        if self.journal.n_lines:
            seal(self.study, SOURCE, self.journal.seal())
            self.journal = self._open()

    def close(self):
        """End as a collection that is killed does: the journal stays."""
        self.journal.seal()

    def _open(self):
        self.n_journals += 1
        return Journal(stream_folder(self.study, SOURCE), f"bluesky-{self.n_journals:03}")


@pytest.fixture
def collection(tmp_path):
    with closing(Collection(tmp_path / "gate.study")) as collection:
        yield collection


def stored(study):
    """The same panels, counted from what is stored."""
    return pipeline.watch(study, only=tuple(PANELS)).as_json()


def test_posts_are_counted_as_soon_as_their_lines_are_on_the_disk_and_once_when_they_are_sealed(collection):
    follower = Follower(collection.study)
    assert follower.step().found is None

    collection.write(7)
    as_lines = follower.step()
    assert (as_lines.found.n_posts, as_lines.version) == (7, 2)

    collection.seal()
    sealed = follower.step()
    assert (sealed.found.n_posts, sealed.version) == (7, 2)
    assert sealed.found.as_json() == stored(collection.study)

    collection.write(3)
    collection.seal()
    assert follower.step().found.as_json() == stored(collection.study)
    assert not follower._tail.is_stale


@given(steps=st.lists(st.sampled_from(["write", "again", "seal", "look"]), max_size=12))
@settings(deadline=None, max_examples=5)
def test_whenever_one_looks_the_sealed_study_and_the_live_one_agree(tmp_path_factory, steps):
    with closing(Collection(tmp_path_factory.mktemp("live") / "gate.study")) as collection:
        follower = Follower(collection.study)
        for step in steps:
            match step:
                case "write":
                    collection.write(5)
                case "again":
                    collection.write(2, again=3)
                case "seal":
                    collection.seal()
                case "look":
                    found = follower.step().found
                    assert (0 if found is None else found.n_posts) == collection.n
        collection.seal()
        found, late = follower.step().found, Follower(collection.study).step().found

        assert (found and found.as_json()) == (stored(collection.study) if collection.n else None)
        assert (late and late.as_json()) == (found and found.as_json())


def test_a_line_without_its_end_waits_for_it(collection):
    follower = Follower(collection.study)
    collection.write(2)
    collection.write_half()
    assert follower.step().found.n_posts == 2

    collection.journal._file.write(b'b", "broken": 1}\n')
    collection.write(1)
    assert follower.step().found.n_posts == 3


def test_a_long_backlog_is_read_in_parts_and_is_not_called_up_to_date_before_the_last(collection, monkeypatch):
    monkeypatch.setattr("groundswell.pipeline.live_tail.MOST_LINES", 4)
    follower = Follower(collection.study)
    collection.write(10)
    found = [follower.step() for _ in range(3)]

    assert [one.found.n_posts for one in found] == [4, 8, 10]
    assert [one.behind_s(0.0) is None for one in found] == [True, True, False]


def test_posts_that_leave_the_study_leave_the_panels(collection, monkeypatch):
    follower = Follower(collection.study)
    collection.write(8)
    collection.seal()
    follower.step()
    pipeline.purge(collection.study, accounts=["did:plc:a0"])

    assert follower.step().found.n_posts == 8
    monkeypatch.setattr(live, "ANEW_S", 0.0)
    assert follower.step().found.as_json() == stored(collection.study)
    assert follower.now.found.n_posts == 6


def test_posts_older_than_the_stretch_are_not_even_read(collection):
    collection.write(3)
    collection.seal()
    (entry,) = collection.study.ledgers()
    later = Tail(collection.study, after_us=live.beginning(collection.study, 1e-7))

    assert sum(len(part) for part in later.read()) == 1
    assert entry.posts == 3


def test_a_follower_reads_on_by_itself_until_it_is_stopped(collection):
    follower = Follower(collection.study, each_s=0.01)
    follower.start()
    follower.start()
    collection.write(5)
    for _ in range(1_000):
        if follower.now.found is not None and follower.now.found.n_posts == 5:
            break
        follower._stop.wait(0.01)
    follower.stop()

    assert follower.now.found.n_posts == 5
    assert follower.is_collecting
    assert not follower._thread.is_alive()
