"""Posts that stand in more than one file: what is taken back or purged goes from the raw bytes of each of them."""

from __future__ import annotations

import bz2
import gzip
import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.model.deletion import Deletion
from groundswell.read.mastodon import READER as MASTODON
from groundswell.store.deletions import honour, queue
from groundswell.store.raw import unpacked
from tests.collect.fake_jetstream import account_gone, created, deleted
from tests.collect.studies import posts, raw
from tests.read.kept import write_lines

NOW = datetime(2024, 6, 1, tzinfo=UTC)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)

POSTS = [created(0, text="regretted words"), created(1, text="other words"), created(2, account="did:plc:ben")]
COPY = [created(5, account="did:plc:cat", text="words of the copy"), *POSTS]
LIST = [deleted(9, 0)]
FILES = {"posts": POSTS, "copy": COPY, "list": LIST}

TABLE = """account_id,time,post_id,text
ana,2024-05-01T10:00:00Z,p1,regretted words
ben,2024-05-01T13:00:00Z,p2,words of ben
"""
STATUS = MASTODON.samples[0]


@pytest.fixture
def study(tmp_path):
    return pipeline.new(tmp_path / "gate.study")


def take_back(study, *asked):
    queue(study.folder, "asked", asked)
    with Duck() as engine:
        return honour(study, engine)


def raws(study):
    """The raw bytes of each file."""
    found = {}
    for path in study.raw.iterdir():
        with unpacked(path) as source:
            found[path] = source.read()
    return found


def plain(study):
    """All raw bytes, without the packing that they came in."""
    return b"".join(gzip.decompress(each) if each.startswith(b"\x1f\x8b") else each for each in raws(study).values())


def listed(study):
    return sorted(path.name for path in (study.folder / "repeats").glob("*"))


@pytest.mark.parametrize("order", [("posts", "copy", "list"), ("copy", "posts", "list"), ("posts", "list", "copy")])
def test_what_is_taken_back_goes_from_every_file_and_the_rest_stays_in_each(study, tmp_path, order):
    pipeline.read(study, [write_lines(tmp_path / name, FILES[name]) for name in order[:2]])
    pipeline.read(study, [write_lines(tmp_path / order[2], FILES[order[2]])])
    line = sha256(f"{json.dumps(POSTS[0])}\n".encode()).hexdigest()

    assert "regretted" not in raw(study)
    assert raw(study).count(line) == 2
    assert raw(study).count("other words") == 2
    assert raw(study).count("words of the copy") == 1
    assert all(sha256(each).hexdigest() == path.stem for path, each in raws(study).items())


def test_a_copy_that_comes_after_an_account_was_deleted_does_not_bring_its_words_back(study, tmp_path):
    pipeline.read(study, [write_lines(tmp_path / "posts", [*POSTS, account_gone(9, "did:plc:ana")])])
    pipeline.read(study, [write_lines(tmp_path / "copy", [*COPY, created(20, text="back again")])])

    assert "regretted" not in raw(study)
    assert "other words" not in raw(study)
    told = [text for (text,) in posts(study, "text")]
    assert told == [None, None, "back again", "post 2 #OpenGate", "words of the copy"]


@pytest.mark.parametrize("versions", [[(0,), (1,), (2,)], [(2,), (0,), (1,)], [(1, 0, 2)]])
def test_the_earlier_versions_of_an_edited_post_go_with_it(study, tmp_path, versions):
    def version(n):
        edited = {"edited_at": f"2024-05-01T1{n}:00:00.000Z"} if n else {}
        return {**STATUS, "content": f"<p>regretted {n}</p>", **edited}

    own = {**STATUS, "uri": "https://example.social/9", "content": "<p>other words</p>"}
    for i, numbers in enumerate(versions):
        lines = [{**own, "uri": f"{own['uri']}{i}"}, *map(version, numbers)]
        pipeline.read(study, [write_lines(tmp_path / f"{i}", lines)])
    n = take_back(study, Deletion("mastodon", post_id=STATUS["uri"]))

    assert n == 1
    assert "regretted" not in raw(study)
    assert raw(study).count("other words") == len(versions)
    assert listed(study) == []


def test_the_earlier_versions_go_where_each_had_an_id_of_its_own(study, tmp_path):
    def tweet(n):
        post = {"id": str(n), "author_id": "11", "created_at": f"2024-05-01T1{n}:00:00.000Z", "text": f"regretted {n}"}
        return {"data": [{**post, "edit_history_tweet_ids": [str(i) for i in range(1, n + 1)]}]}

    for n in (1, 2, 3):
        pipeline.read(study, [write_lines(tmp_path / f"page-{n}", [tweet(n)])])
    take_back(study, Deletion("twitter", post_id="3"))

    assert posts(study, "post_id, text") == [("3", None)]
    assert "regretted" not in raw(study)


def test_honouring_again_finds_nothing_to_do(study, tmp_path):
    pipeline.read(study, [write_lines(tmp_path / name, FILES[name]) for name in ("posts", "copy", "list")])
    before = {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()}
    with Duck() as engine:
        again = honour(study, engine)

    assert again == 0
    assert {path: path.read_bytes() for path in study.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("asked", [{"accounts": ["ana"]}, {"before": NOON}])
def test_a_purge_takes_the_copy_too_and_its_search_reads_the_copy_again(study, tmp_path, packed, asked):
    copy = f"{TABLE}cat,2024-05-01T14:00:00Z,p3,words of cat\n".encode()
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "b.csv").write_bytes(gzip.compress(copy, mtime=0) if packed else copy)
    pipeline.read(study, [tmp_path / "a.csv", tmp_path / "b.csv"])
    done = pipeline.purge(study, now=NOW, **asked)
    kept = plain(study)

    assert (done.posts_removed, done.left, done.unread) == (1, (), ())
    assert b"regretted" not in kept
    assert (b"words of cat" in kept) is not packed
    assert kept.count(b"words of ben") == (1 if packed else 2)
    assert [post for (post,) in posts(study)] == ["p2", "p3"]


def test_the_search_does_not_believe_the_list(study, tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "b.csv.bz2").write_bytes(bz2.compress(TABLE.encode()))
    _, copy = pipeline.read(study, [tmp_path / "a.csv", tmp_path / "b.csv.bz2"])
    shutil.rmtree(study.folder / "repeats")
    done = pipeline.purge(study, now=NOW, before=NOON)

    assert done.left == (f"raw/{copy.sha256}.zst",)


def test_what_others_said_of_the_account_goes_from_a_packed_copy_too(study, tmp_path):
    table = f"{TABLE}cat,2024-05-01T14:00:00Z,p3,hello @ana\n"
    (tmp_path / "a.csv").write_text(table)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(table.replace("ana,", "x1,").encode(), mtime=0))
    pipeline.read(study, [tmp_path / "a.csv", tmp_path / "b.csv.gz"])
    done = pipeline.purge(study, accounts=["ana"], now=NOW)

    assert done.left == ()
    assert b"@ana" not in plain(study)


def test_a_copy_that_can_not_be_read_again_is_named(study, tmp_path):
    """Which column is which was said by a person, and is not kept."""
    for name, more in (("a.csv", ""), ("b.csv", "cat,2024-05-01T14:00:00Z,p3,words of cat\n")):
        table = (TABLE + more).replace("account_id,time,post_id", "whose,when it was,number")
        (tmp_path / name).write_text(table)
    columns = {"account_id": "whose", "time": "when it was", "post_id": "number"}
    pipeline.read(study, [tmp_path / "a.csv", tmp_path / "b.csv"], columns=columns)
    done = pipeline.purge(study, before=NOON, now=NOW)

    assert (done.left, done.unread) == ((), ("b.csv",))
    assert "regretted" not in raw(study)


def test_a_copy_of_which_all_went_is_not_called_unreadable(study, tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "b.csv").write_text(TABLE + "\n")
    pipeline.read(study, [tmp_path / "a.csv", tmp_path / "b.csv"])
    done = pipeline.purge(study, before=NOW, now=NOW)

    assert (done.left, done.unread) == ((), ())
    assert "words" not in raw(study)


@given(
    files=st.lists(st.lists(st.integers(0, 5), max_size=5), min_size=1, max_size=4),
    gone=st.sets(st.integers(0, 5), max_size=3),
    at=st.integers(0, 4),
)
@settings(max_examples=10)
def test_of_each_line_exactly_the_ones_taken_back_are_gone(files, gone, at, tmp_path_factory):
    """The slow twin: filter the lines of all files by hand, whenever the deletions come."""
    folder = tmp_path_factory.mktemp("repeats")
    study = pipeline.new(folder / "a.study")
    reads = [write_lines(folder / f"{i}", _lines_of(i, file)) for i, file in enumerate(files)]
    taken_back = write_lines(folder / "list", [deleted(200, n) for n in sorted(gone)] or [deleted(200, 99)])
    for path in [*reads[:at], taken_back, *reads[at:]]:
        pipeline.read(study, [path])
    words = raw(study)

    for n in range(6):
        assert words.count(f"said {n};") == (0 if n in gone else sum(file.count(n) for file in files))
    assert words.count("own ") == len(files)


def _lines_of(i, file):
    """A line of its own, so that no two files have the same bytes."""
    return [created(100 + i, text=f"own {i}"), *(created(n, text=f"said {n};") for n in file)]
