"""Follow lists as they are typed: made, used, kept, packed and purged."""

from __future__ import annotations

import json
import re

import pytest

from groundswell.model.run import Parameters
from groundswell.pipeline import bundle, open_study, purge, run, simulate, verify
from groundswell.publish.bundle_figures import Outcome
from groundswell.store.follows import follow_lists


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A world in which quick readers are reported, its follow list, and the output folder of a run with it."""
    folder = tmp_path_factory.mktemp("follows")
    simulate("fast", folder / "fast.csv", seed=50008, follows=folder / "follows.csv")
    run([folder / "fast.csv"], folder / "out", Parameters(power=0), follows=[folder / "follows.csv"])
    return folder


def test_the_list_is_kept_with_the_study_and_named_in_its_record(made):
    study = open_study(made / "out")
    record = json.loads((made / "out" / "run.json").read_text(encoding="utf-8"))

    (kept,) = follow_lists(study.folder)

    assert (kept.file, kept.rows) == ("follows.csv", kept.pairs + kept.left_out)
    assert record["follow_lists"][0]["pairs"] == kept.pairs > 40_000
    assert record["scan"]["kinds"][0]["n_following"] > 2_000


def test_the_report_says_what_was_brought_and_how_to_run_it_again(made):
    report = (made / "out" / "report.html").read_text(encoding="utf-8")

    assert "--follows follows.csv" in report
    assert re.search(r"follows\.csv \([\d,]+ pairs\)", report)


def test_what_is_set_aside_says_why_with_its_denominator(made):
    findings = json.loads((made / "out" / "findings.json").read_text(encoding="utf-8"))

    assert findings["findings"] == []
    assert any("came soon after an account that the sharer follows" in note["sentence"] for note in findings["notes"])


@pytest.mark.parametrize("salted", [False, True])
def test_a_bundle_holds_the_list_so_that_every_figure_holds(made, tmp_path, salted):
    bundle(open_study(made / "out"), tmp_path / "fast.bundle", salted=salted)

    checked = verify(tmp_path / "fast.bundle")

    assert checked.of(Outcome.DIFFERS) == ()


def test_a_list_of_strangers_is_refused_with_what_was_seen(groundswell, made, tmp_path):
    (tmp_path / "strangers.csv").write_text("follower,followed\n@ana,@ben\n", encoding="utf-8")

    told = groundswell("detect", made / "out", "--power", "0", "--follows", tmp_path / "strangers.csv")

    assert told.code == 1
    assert "No pair in 'strangers.csv' is of two accounts of this study" in told.err
    assert "'@ana' and '@ben'" in told.err


def test_a_study_of_pseudonyms_takes_no_list_of_real_names(groundswell, tmp_path):
    (tmp_path / "posts.csv").write_text("account_id,time,post_id,text\n1,2024-05-01T10:00:00Z,p1,hi\n")
    (tmp_path / "follows.csv").write_text("follower,followed\n1,2\n")

    told = groundswell(
        "run", tmp_path / "posts.csv", "-o", tmp_path / "out", "--pseudonymise", tmp_path / "key",
        "--follows", tmp_path / "follows.csv",
    )  # fmt: skip

    assert told.code != 0
    assert "holds pseudonyms" in told.err


def test_a_purged_account_leaves_the_list(groundswell, tmp_path):
    rows = "".join(f"{who},2024-05-01T10:00:0{at}Z,p{at},look #gate\n" for at, who in enumerate(("ana", "ben", "cat")))
    (tmp_path / "posts.csv").write_text(f"account_id,time,post_id,text\n{rows}", encoding="utf-8")
    (tmp_path / "follows.csv").write_text("follower,followed\nana,ben\nben,cat\n", encoding="utf-8")
    told = groundswell("run", tmp_path / "posts.csv", "-o", tmp_path / "out", "--follows", tmp_path / "follows.csv")
    assert told.code == 0, told.err
    study = open_study(tmp_path / "out")

    purge(study, accounts=["ana"])

    assert b"ana" not in b"".join(path.read_bytes() for path in (study.folder / "follows").iterdir())
