"""The study folder: what counts as read, what is kept, and what is refused."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from groundswell.errors import WrongUse
from groundswell.model.ledger import FileLedger, LeftOut
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import text_column
from groundswell.store.raw import keep, matches
from groundswell.store.segments import Appending
from groundswell.store.study import Study


@pytest.fixture
def study(tmp_path):
    return Study.create(tmp_path / "gate.study", version="test")


def entry(sha256="ab" * 32, **more):
    return FileLedger(path="a.csv", sha256=sha256, n_bytes=9, format="f", title="F", rows=2, posts=1, **more)


def one_post(account="ana"):
    columns = {name: text_column([None]) for name in POSTS.columns}
    return columns | {
        "platform": text_column(["made-up"]),
        "post_id": text_column(["p1"]),
        "account_id": text_column([account]),
        "time": np.array(["2024-05-01T10:00"], dtype="datetime64[us]"),
        "is_repost": np.array([False]),
        "source_row": np.array([1]),
    }


def test_what_was_read_is_there_when_the_study_is_opened_again(study, engine):
    left_out = LeftOut(reason="no time", rows=1, first_rows=(2,), examples=("x",))
    with Appending(study.folder, engine) as appending:
        appending.posts(one_post())
        appending.commit(entry(left_out=(left_out,)))
    again = Study.open(study.folder)
    again.open_tables(engine)

    assert engine.rows("select account_id, post_id from posts") == [("ana", "p1")]
    assert again.ledgers() == (entry(left_out=(left_out,)),)
    assert again.has_read("ab" * 32)


def test_a_read_that_was_cut_off_leaves_nothing(study, engine):
    def read_and_stop():
        with Appending(study.folder, engine) as appending:
            appending.posts(one_post())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_and_stop()
    study.open_tables(engine)

    assert engine.rows("select count(*) from posts") == [(0,)]
    assert not list(study.folder.glob(".part-*"))


def test_a_batch_that_cannot_be_written_stops_the_read_and_leaves_nothing(study, engine):
    broken = one_post() | {"source_row": text_column(["no number"])}

    def read(*batches):
        with Appending(study.folder, engine) as appending:
            for batch in batches:
                appending.posts(batch)
            appending.commit(entry(left_out=(LeftOut(reason="no time", rows=1, first_rows=(2,), examples=("x",)),)))

    for batches in ((broken,), (broken, one_post()), (one_post(), broken)):
        with pytest.raises(duckdb.ConversionException, match="no number"):
            read(*batches)

    study.open_tables(engine)
    assert engine.rows("select count(*) from posts") == [(0,)]
    assert not study.ledgers()
    assert not list(study.folder.glob(".part-*"))


def test_segments_without_a_ledger_entry_do_not_count(study, engine):
    with Appending(study.folder, engine) as appending:
        appending.posts(one_post())
        appending.commit(entry(left_out=(LeftOut(reason="no time", rows=1, first_rows=(2,)),)))
    next((study.folder / "ledger").iterdir()).unlink()
    study.open_tables(engine)

    assert engine.rows("select count(*) from posts") == [(0,)]


def test_of_two_profiles_the_fuller_one_counts(study, engine):
    def profile(**known):
        return {name: text_column([known.get(name)]) for name in ACCOUNTS.columns} | {
            "platform": text_column(["x"]),
            "account_id": text_column(["ana"]),
        }

    with Appending(study.folder, engine) as appending:
        appending.accounts(profile(handle="ana_1"))
        appending.accounts(profile(handle="ana_1", bio="I like gates"))
        appending.commit(entry(other_records={"profile": 1}))
    study.open_tables(engine)

    assert engine.rows("select account_id, bio from accounts") == [("ana", "I like gates")]


def test_the_bytes_are_kept_under_their_hash(study, tmp_path):
    source = tmp_path / "a.csv"
    source.write_bytes(b"account_id,time\n" * 1000)
    digest, _ = keep(source, study.raw)

    assert keep(source, study.raw)[0] == digest
    assert [path.name for path in study.raw.iterdir()] == [f"{digest}.zst"]
    assert matches(study.raw, digest)


def test_the_key_comes_of_the_first_files_bytes_is_for_its_owner_alone_and_stays(study, tmp_path):
    source = tmp_path / "a.csv"
    source.write_bytes(b"account_id,time\n")
    digest, secret = keep(source, study.raw)
    study.set_pseudonym_key(secret)
    study.set_pseudonym_key(b"another")

    assert (study.folder / "pseudonym.key").stat().st_mode & 0o077 == 0
    assert study.pseudonym_key == secret == keep(source, study.raw)[1]
    assert secret.hex() != digest


def test_a_folder_with_something_in_it_is_not_taken(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(WrongUse, match="exists and is not empty"):
        Study.create(tmp_path, version="test")


def test_a_folder_that_is_no_study_says_how_to_start_one(tmp_path):
    with pytest.raises(WrongUse, match="groundswell new"):
        Study.open(tmp_path)


def test_bytes_that_lost_lines_since_are_not_kept_again(study, tmp_path):
    source = tmp_path / "a.csv"
    source.write_bytes(b"account_id,time\n")
    digest, _ = keep(source, study.raw, unless=lambda digest: True)

    assert not list(study.raw.iterdir())
    assert len(digest) == 64
