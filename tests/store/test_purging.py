"""purge: what is asked for goes everywhere, nothing else does, and the search afterwards is a real one."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.model.run import Parameters
from groundswell.pipeline.following import add_follows
from groundswell.store import purging
from groundswell.store.people import people
from groundswell.store.study import Study
from tests.collect.studies import posts, raw, raw_is_named_by_its_hash

NOW = datetime(2024, 6, 1, tzinfo=UTC)

TABLE = """account_id,handle,time,post_id,text,mentions,repost_of,is_repost,urls
1001,Ana_1,2024-05-01T10:00:00Z,p1,words of ana,,,false,https://twitter.com/ana_1/status/1
1002,ben,2024-05-02T10:00:00Z,p2,hi @ana_1 you,Ana_1,,false,https://news.example/a
1003,cat,2024-05-03T10:00:00Z,p3,RT @ana_1: words of ana,Ana_1,p1,true,
1004,dan,2024-05-04T10:00:00Z,p4,nothing of the kind,,,false,
"""


@pytest.fixture
def study(tmp_path):
    made = pipeline.new(tmp_path / "gate.study")
    (tmp_path / "a.csv").write_text(TABLE)
    pipeline.read(made, [tmp_path / "a.csv"])
    return made


def everything(folder):
    """Every byte of the study but the records, with what is packed unpacked."""
    plain = b"".join(
        path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".zst", ".parquet") and path.parent.name != "purges"
    )
    return plain.decode("utf-8", "replace") + raw(Study.open(folder))


def copied(study, folder):
    """The same study in another place."""
    shutil.copytree(study.folder, folder)
    return Study.open(folder)


def left_of(study):
    """The files of a study that say something of posts, by name and, where they are plain, content."""
    for path in study.folder.rglob("*"):
        if path.is_file() and path.parent.name not in ("purges", "ledger"):
            yield str(path.relative_to(study.folder)), path.suffix == ".zst" or path.read_bytes()


@pytest.mark.parametrize("name", ["1001", "@ana_1", "ANA_1"])
def test_an_account_goes_with_its_posts_its_reposts_and_its_name(study, name):
    done = pipeline.purge(study, accounts=[name, "eve"], now=NOW)

    assert (done.posts_removed, done.posts_before, done.not_found, done.left) == (2, 4, 1, ())
    assert posts(study, "post_id, text") == [("p2", "hi @… you"), ("p4", "nothing of the kind")]
    assert "ana" not in everything(study.folder).lower()
    assert "1001" not in everything(study.folder)
    assert "nothing of the kind" in raw(study)
    assert raw_is_named_by_its_hash(study)


def test_the_ledger_still_sums_to_the_rows(study):
    pipeline.purge(study, accounts=["1001"], now=NOW)
    (entry,) = study.ledgers()

    assert (entry.rows, entry.posts, entry.n_left_out) == (4, 2, 2)
    assert {one.reason: one.rows for one in entry.left_out} == {purging.PURGED: 2}


def test_the_record_names_nobody_and_tells_what_was_asked(study):
    done = pipeline.purge(study, accounts=["ana_1"], now=NOW)
    text = (study.folder / "purges" / f"{done.purge_id}.json").read_text()

    assert "ana" not in text.lower().replace("manifest", "")
    assert json.loads(text)["account_hashes"] == list(done.account_hashes)
    assert pipeline.purge(study, accounts=["ana_1"], now=NOW).account_hashes == done.account_hashes


def test_what_is_older_than_a_day_goes_and_the_day_itself_stays(study):
    done = pipeline.purge(study, before=datetime(2024, 5, 2, 10, tzinfo=UTC), now=NOW)

    assert done.posts_removed == 1
    assert [post for (post,) in posts(study)] == ["p2", "p3", "p4"]
    assert "p1,words" not in raw(study)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("retention = 2024-06-01", 0),
        ("retention = 2024-06-02", 4),
        ("retention_days = 30", 2),
        ("retention_days = 90", 4),
    ],
)
def test_the_retention_date_of_the_study_is_kept(study, line, left):
    with (study.folder / "study.toml").open("a") as toml:
        toml.write(line + "\n")
    pipeline.purge(study, retention=True, now=datetime(2024, 6, 2, 8, tzinfo=UTC) if "days" in line else NOW)

    assert len(posts(study)) == left


def test_reading_the_same_file_again_brings_nothing_back(study, tmp_path):
    pipeline.purge(study, accounts=["ana_1"], now=NOW)
    pipeline.read(study, [tmp_path / "a.csv"])

    assert len(posts(study)) == 2
    assert "ana" not in raw(study)


def test_a_file_whose_rows_are_not_lines_loses_its_raw_bytes_as_a_whole(tmp_path):
    study = pipeline.new(tmp_path / "gate.study")
    table = 'account_id,time,text\nana,2024-05-01,one\nben,2024-05-02,"two\nlines"\n'
    (tmp_path / "a.csv").write_text(table)
    pipeline.read(study, [tmp_path / "a.csv"])
    done = pipeline.purge(study, accounts=["ana"], now=NOW)

    assert done.files[0]["raw_after"] is None
    assert not list(study.raw.iterdir())
    assert posts(study, "text") == [("two\nlines",)]


def test_runs_that_used_the_posts_lose_their_results_and_say_so(study):
    pipeline.trace(study)
    pipeline.detect(study, Parameters())
    (run,) = [path for path in (study.folder / "runs").iterdir() if path.is_dir()]
    done = pipeline.purge(study, accounts=["ana_1"], now=NOW)

    assert done.stale_runs == (run.name,)
    assert sorted(path.name for path in run.iterdir()) == ["run.json", "stale.json"]
    assert study.latest_run() is None
    assert not list((study.folder / "traces").iterdir())
    pipeline.trace(study)
    pipeline.detect(study, Parameters())
    assert study.latest_run() != run


def test_a_file_that_names_nobody_asked_for_is_left_as_it_is(study, tmp_path):
    (tmp_path / "b.csv").write_text("account_id,time,text\ndan,2024-05-01,anagram\n")
    (entry,) = pipeline.read(study, [tmp_path / "b.csv"])
    kept = (study.folder / "ledger" / f"{entry.sha256}.json").read_bytes()
    done = pipeline.purge(study, accounts=["ana_1"], now=NOW)

    assert entry.sha256 not in {file["sha256"] for file in done.files}
    assert (study.folder / "ledger" / f"{entry.sha256}.json").read_bytes() == kept


def test_the_search_finds_what_the_purge_can_not_reach(study):
    (study.folder / "evidence").mkdir()
    (study.folder / "evidence" / "note.txt").write_text("seen: @Ana_1\n")
    done = pipeline.purge(study, accounts=["ana_1"], now=NOW)

    assert done.left == ("evidence/note.txt",)


def test_the_search_finds_names_in_the_cells_of_what_people_decided(study):
    """In the bytes of a database nothing marks where a cell begins."""
    with people(study, "create table notes (about text, n integer)") as rows:
        rows.executemany("insert into notes values (?, ?)", [("ben", 1), ("1001", 2), ("x, @Ana_1", 3), (None, 1001)])
    done = pipeline.purge(study, accounts=["ana_1"], now=NOW)

    assert (done.left, done.people) == (("people.sqlite",), {"notes": (2, 3)})
    with people(study) as rows:
        rows.execute("delete from notes where rowid in (2, 3)")
    assert pipeline.purge(study, accounts=["ana_1", "1001"], now=NOW).left == ()


WORDS = "I kept the harbour gate for twelve years and never saw such a letter"


@pytest.fixture
def busy(tmp_path):
    """A study with all that a purge reaches: two files, a run, a snapshot, follows, findings and an article."""
    made = pipeline.new(tmp_path / "busy.study")
    (tmp_path / "a.csv").write_text(TABLE.replace("words of ana", WORDS))
    (tmp_path / "b.csv").write_text(TABLE.replace("1004,dan", "1005,eve").replace(",p4,", ",p5,"))
    (tmp_path / "seen.csv").write_text("account_id,handle,seen_at,status\n1001,ana_one,2024-05-06,suspended\n")
    (tmp_path / "follows.csv").write_text("follower,followed\n1001,1002\n1003,1002\n")
    pipeline.read(made, [tmp_path / "a.csv", tmp_path / "b.csv"])
    pipeline.add_snapshots(made, tmp_path / "seen.csv")
    with Duck() as engine:
        made.open_tables(engine)
        add_follows(made, engine, tmp_path / "follows.csv")
    (made.folder / "personas").mkdir()
    (made.folder / "personas" / "names.json").write_text('{"a": "@ana_1"}')
    (made.folder / "claims" / "raw").mkdir(parents=True)
    (made.folder / "claims" / "raw" / "article.html").write_text(f"<p>{WORDS}</p>")
    run = made.run_folder("r1")
    run.mkdir(parents=True)
    (run / "run.json").write_text(json.dumps({"inputs": [{"sha256": one.sha256} for one in made.ledgers()]}))
    (run / "findings.json").write_text('{"account": "1001"}')
    made.finish_run("r1")
    pipeline.trace(made)
    return made


def told(done):
    """What a record says, but for how it came about."""
    return done.n_asked, done.not_found, done.posts_before, done.posts_removed, done.left, done.account_hashes


def unfinished(study):
    """Whether a plan waits to be completed."""
    return (study.folder / "purges" / "unfinished.json").exists()


class Stopped(BaseException):
    """As if the power went."""


def stopping_at(step, patched):
    """Let the step-th change of a file be the one that does not happen; returns how many changes were begun."""
    begun = []

    def counted(change):
        def one(path, *rest, **options):
            if ".part-" not in str(path) or change is Path.replace:
                begun.append(path)
                if len(begun) == step:
                    raise Stopped
            return change(path, *rest, **options)

        return one

    patched.setattr(Path, "replace", counted(Path.replace))
    patched.setattr(Path, "unlink", counted(Path.unlink))
    return begun


def test_a_purge_cut_off_at_any_step_is_completed_by_the_next(busy, monkeypatch, tmp_path):
    """And the next knows what the first was to look for: the words of the posts that are already gone, too."""
    whole = copied(busy, tmp_path / "whole.study")
    asked = told(pipeline.purge(whole, accounts=["ana_1", "nobody"], now=NOW))
    assert asked[4] == ("claims/raw/article.html",)

    step = 0
    while True:
        step += 1
        study = copied(busy, tmp_path / f"{step}.study")
        with monkeypatch.context() as patched:
            stopping_at(step, patched)
            with suppress(Stopped):
                pipeline.purge(study, accounts=["ana_1", "nobody"], now=NOW)
        if list((study.folder / "purges").glob("2024*.json")) and not unfinished(study):
            break
        done = pipeline.purge(study, accounts=["ana_1", "nobody"], now=NOW)

        assert told(done) == asked, step
        assert "ana" not in everything(study.folder).lower(), step
        assert [path.name for path in sorted((study.folder / "purges").iterdir())] == [f"{done.purge_id}.json"]
        assert sorted(left_of(study)) == sorted(left_of(whole)), step
    assert step > 10


def test_another_purge_completes_one_that_was_cut_off(busy, monkeypatch):
    with monkeypatch.context() as patched:
        stopping_at(6, patched)
        with pytest.raises(Stopped):
            pipeline.purge(busy, accounts=["ana_1"], now=NOW)
    done = pipeline.purge(busy, accounts=["dan"], now=NOW)

    assert (done.n_asked, done.posts_before - len(posts(busy))) == (2, done.posts_removed)
    assert "claims/raw/article.html" in done.left
    assert "dan" not in everything(busy.folder).lower()
    assert "ana" not in everything(busy.folder).lower()


def test_nothing_asked_for_changes_nothing(study):
    before = {path: path.read_bytes() for path in sorted(study.folder.rglob("*")) if path.is_file()}
    done = pipeline.purge(study, accounts=["eve"], now=NOW)

    assert (done.posts_removed, done.files) == (0, ())
    assert all(path.read_bytes() == kept for path, kept in before.items())


def test_a_purged_study_still_opens(study):
    pipeline.purge(study, before=datetime(2030, 1, 1, tzinfo=UTC), now=NOW)
    with Duck() as engine:
        study.open_tables(engine)

        assert engine.rows("select count(*) from posts") == [(0,)]
