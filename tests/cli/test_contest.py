"""Taking a run away, computing it again, disputing it: as it is typed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from groundswell.model.run import Parameters
from groundswell.pipeline import bundle, open_study, run
from groundswell.publish.bundle import write_bundle
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write

WHO = 'who = "ana"\nwhen = 2024-06-01\n'


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The output folder of a run with one group, A."""
    folder = tmp_path_factory.mktemp("made")
    write(simulate("demo-campaign"), folder / "posts.csv")
    run([folder / "posts.csv"], folder / "out", Parameters(campaign="#OpenGate", power=0))
    return folder / "out"


@pytest.fixture(scope="session")
def packed(made, tmp_path_factory) -> dict[bool, Path]:
    """Its bundles, by whether they are salted."""
    folder = tmp_path_factory.mktemp("packed")
    for salted in (False, True):
        bundle(open_study(made), folder / f"{salted}.bundle", salted=salted)
    return {salted: folder / f"{salted}.bundle" for salted in (False, True)}


@pytest.fixture
def out(made, tmp_path) -> Path:
    """A copy of the run that a test may change."""
    shutil.copytree(made, tmp_path / "out")
    return tmp_path / "out"


def forged(packed: Path, folder: Path, member: str, change) -> Path:
    """A bundle with one changed JSON member and a manifest that fits it."""
    with zipfile.ZipFile(packed) as source:
        source.extractall(folder / "forged")
    about = json.loads((folder / "forged" / "bundle.json").read_text(encoding="utf-8"))
    (folder / "forged" / "bundle.json").unlink()
    place = folder / "forged" / member
    place.write_text(json.dumps(change(json.loads(place.read_text(encoding="utf-8")))), encoding="utf-8")
    write_bundle(folder / "forged", folder / "forged.bundle", {k: v for k, v in about.items() if k != "members"})
    return folder / "forged.bundle"


@pytest.mark.slow
def test_every_figure_of_a_bundle_holds_when_it_is_computed_again(groundswell, packed):
    said = groundswell("verify", packed[False], "--json")
    told = json.loads(said.out)

    assert said.code == 0, said.out
    assert told["counts"] == {"holds": told["figures"], "differs": 0, "cannot be checked": 0}
    assert told["figures"] > 1000
    assert told["same_code"]


def test_a_salted_bundle_holds_but_for_what_needs_words_and_names_nobody(groundswell, packed, made):
    said = groundswell("verify", packed[True])

    assert said.code == 0, said.out
    assert " 0 of " in said.out
    assert "needs words or profiles" in said.out
    with (made / "study" / "runs").joinpath("latest").open() as latest:
        run_id = latest.read().strip()
    members = json.loads((made / "study" / "runs" / run_id / "groups.json").read_text(encoding="utf-8"))
    data = packed[True].read_bytes()
    ids = [account.encode() for group in members for account in group["account_ids"]]
    assert ids
    assert not [one for one in ids if one in data]
    assert b"OpenGate" not in data.replace(b"#OpenGate", b"") or b"OpenGate" not in data


def test_equal_runs_give_equal_bundles(packed, made, tmp_path):
    for salted, path in packed.items():
        bundle(open_study(made), tmp_path / "again", salted=salted)

        assert (tmp_path / "again").read_bytes() == path.read_bytes()
        (tmp_path / "again").unlink()


def test_a_forged_figure_is_found_and_ends_in_code_1(groundswell, packed, tmp_path):
    def double(findings):
        findings["shares"][0]["count"] *= 2
        return findings

    said = groundswell("verify", forged(packed[True], tmp_path, "expected/findings.json", double))

    assert said.code == 1
    assert "findings.shares.posts.count: the bundle says 300, computed 150" in said.out


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("run.json", lambda record: {}),
        ("run.json", lambda record: []),
        ("run.json", lambda record: {**record, "parameters": {**record["parameters"], "power": 10**9}}),
        ("run.json", lambda record: {**record, "parameters": {**record["parameters"], "windows_s": [1.0] * 1000}}),
        ("run.json", lambda record: {**record, "parameters": {**record["parameters"], "windows_s": ["x"]}}),
        ("run.json", lambda record: {**record, "traces": 3}),
        ("expected/groups.json", lambda groups: [{"group_id": "A"}]),
        ("expected/groups.json", lambda groups: {"a": 1}),
    ],
)
def test_a_bundle_whose_records_are_forged_is_refused_in_words(groundswell, packed, tmp_path, member, change):
    said = groundswell("verify", forged(packed[True], tmp_path, member, change))

    assert said.code in (1, 2)
    assert "Traceback" not in said.err
    assert "refused" in said.err


def test_a_table_that_is_no_table_is_refused_in_words(groundswell, packed, tmp_path):
    path = forged(packed[True], tmp_path, "expected/power.json", lambda power: power)
    (tmp_path / "forged" / "bundle.json").unlink()
    (tmp_path / "forged" / "data" / "traces.parquet").write_bytes(b"PAR1 import os PAR1")
    about = {"salted": True, "finding": None, "made_by": "x", "run_id": "x"}
    write_bundle(tmp_path / "forged", path, about)
    said = groundswell("verify", path)

    assert said.code == 1
    assert "refused" in said.err


def test_a_bundle_of_one_finding_lists_its_figures_alone(groundswell, made):
    said = groundswell("bundle", made, "--finding", "A", "-o", "a.bundle", "--json")
    whole = groundswell("bundle", made, "-o", "whole.bundle", "--json")
    none = groundswell("bundle", made, "--finding", "Z", "-o", "z.bundle")

    assert said.code == 0, said.err
    assert 0 < json.loads(said.out)["n_figures"] < json.loads(whole.out)["n_figures"]
    assert none.code == 2
    assert "It has: A" in none.err


def test_nothing_of_the_user_s_is_written_over(groundswell, made, tmp_path):
    (tmp_path / "mine").write_text("mine")

    assert groundswell("bundle", made, "-o", "mine").code == 2
    assert groundswell("export", made, "--format", "stix", "-o", "mine").code == 2
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.slow
def test_another_process_with_an_empty_home_computes_the_same_json(packed, tmp_path):
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C"}
    told = [
        subprocess.run(
            [sys.executable, "-m", "groundswell", "verify", str(packed[False]), "--json"],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env={**clean, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1]
    assert json.loads(told[0])["counts"]["differs"] == 0


def test_formats_are_listed_and_written(groundswell, made):
    names = {one["name"] for one in json.loads(groundswell("export", "--list", "--json").out)}
    said = groundswell("export", made, "--format", "csv", "-o", "tables", "--json")

    assert {"stix", "misp", "killchain", "brief", "methods"} <= names
    assert said.code == 0, said.err
    assert any(path.endswith("findings.csv") for path in json.loads(said.out)["files"])


@pytest.mark.slow
def test_a_dispute_stands_beside_the_finding_wherever_it_is_published(groundswell, out, tmp_path):
    (tmp_path / "d.toml").write_text(WHO + 'why = "We are one office."\ncontext = "<b>Ask us</b>"\n')
    entered = groundswell("dispute", out, "--finding", "A", "--file", "d.toml")
    groundswell("publish", out, "-o", "pub")
    groundswell("export", out, "--format", "stix", "-o", "gate.json")
    findings = json.loads((tmp_path / "pub" / "findings.json").read_text(encoding="utf-8"))["findings"]
    page = (tmp_path / "pub" / "report.html").read_text(encoding="utf-8")

    assert entered.code == 0, entered.err
    assert findings[0]["status"] == "contested"
    assert findings[0]["history"][0]["why"] == "We are one office."
    assert "We are one office." in page
    assert "<b>Ask us</b>" not in page
    assert "We are one office." in (tmp_path / "pub" / "corrections.html").read_text(encoding="utf-8")
    assert "We are one office." in (tmp_path / "gate.json").read_text(encoding="utf-8")
    assert "ana" not in json.dumps(findings[0]["history"])


def test_a_run_without_the_disputed_posts_stands_beside_the_original(groundswell, out, tmp_path):
    with (tmp_path / "out" / "groups.json").open(encoding="utf-8") as file:
        (group,) = [one for one in json.load(file)["groups"] if one["outcome"] == "reported"]
    groundswell("export", out, "-o", "posts.csv")
    with (tmp_path / "posts.csv").open(encoding="utf-8", newline="") as file:
        posts = list(csv.DictReader(file))
    with (tmp_path / "out" / "accounts.csv").open(encoding="utf-8", newline="") as file:
        n_accounts = sum(1 for _ in csv.DictReader(file))
    said = json.loads(groundswell("explain", out, group["account_ids"][0], "--json").out)
    mine = [post["post_id"] for post in posts if post["account_id"] == said["account_id"]]
    (tmp_path / "d.toml").write_text(f'{WHO}why = "By hand."\nposts = {mine}\n')
    told = json.loads(
        groundswell("dispute", out, "--account", group["account_ids"][0], "--file", "d.toml", "--json").out
    )

    assert n_accounts > group["size"]
    assert told["dispute"]["without"] == (
        f"Without {len(mine):,} disputed posts group A keeps {group['size'] - 1} of {group['size']} members."
    )


def test_a_withdrawal_leaves_a_notice_for_those_who_registered_and_sends_nothing(groundswell, out, tmp_path):
    (out / "study" / "downloads.csv").write_text("contact,run_id\nben@desk.example,\ncat@desk.example,another\n")
    (tmp_path / "d.toml").write_text(WHO + 'why = "An error of ours."\nstatus = "withdrawn"\n')
    told = json.loads(groundswell("dispute", out, "--finding", "A", "--file", "d.toml", "--json").out)
    notice = Path(told["notice"]).read_text(encoding="utf-8")

    assert told["recipients"] == 1
    assert notice.startswith("To: ben@desk.example\n")
    assert "An error of ours." in notice


@pytest.mark.slow
def test_what_was_entered_can_be_taken_back_and_stays_in_the_log(groundswell, out, tmp_path):
    (tmp_path / "d.toml").write_text(WHO + 'why = "We are one office."\n')
    (tmp_path / "u.toml").write_text(WHO + 'why = "Entered by mistake."\n')
    entered = json.loads(groundswell("dispute", out, "--finding", "A", "--file", "d.toml", "--json").out)
    again = groundswell("dispute", out, "--finding", "A", "--file", "d.toml")
    undone = groundswell("dispute", out, "--undo", entered["dispute"]["dispute_id"], "--file", "u.toml")
    listed = json.loads(groundswell("dispute", out, "--list", "--json").out)

    assert again.code == 2
    assert undone.code == 0, undone.err
    assert listed["A"]["status"] == "not disputed"
    assert [row["why"] for row in listed["A"]["history"]] == ["We are one office.", "Entered by mistake."]


@pytest.mark.slow
def test_a_new_run_in_the_same_place_keeps_what_people_said(groundswell, out, made, tmp_path):
    (tmp_path / "d.toml").write_text(WHO + 'why = "We are one office."\n')
    groundswell("dispute", out, "--finding", "A", "--file", "d.toml")
    groundswell("run", made.parent / "posts.csv", "-o", "out", "--power", "0", "--seed", "1")

    assert json.loads(groundswell("dispute", out, "--list", "--json").out)["A"]["status"] == "contested"
    assert (out / "corrections.html").is_file()


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "who"),
        (WHO, "why"),
        (WHO + 'why = "x"\nwhy_not = "y"\npots = []\n', "known here"),
        (WHO + 'why = "x"\nstatus = "guilty"\n', "contested"),
        (WHO + 'why = "x"\nposts = "118"\n', "posts"),
        ('who = "ana"\nwhen = "soon"\nwhy = "x"\n', "2024-06-01"),
        ("who = [", "TOML|Invalid"),
        (WHO + f'why = "{"x" * 5000}"\n', "4,000"),
    ],
)
def test_a_dispute_that_lacks_something_is_told_what(groundswell, made, tmp_path, text, advice):
    (tmp_path / "d.toml").write_text(text)
    said = groundswell("dispute", made, "--finding", "A", "--file", "d.toml")

    assert said.code == 1
    assert any(word in said.err for word in advice.split("|")), said.err


def test_what_is_no_finding_no_account_and_no_post_is_told_so(groundswell, made, tmp_path):
    (tmp_path / "d.toml").write_text(WHO + 'why = "x"\nposts = ["nowhere"]\n')

    assert "It reports: A" in groundswell("dispute", made, "--finding", "Z", "--file", "d.toml").err
    assert "in no finding" in groundswell("dispute", made, "--account", "nobody", "--file", "d.toml").err
    assert "'nowhere'" in groundswell("dispute", made, "--finding", "A", "--file", "d.toml").err
    assert groundswell("dispute", made, "--file", "d.toml").code == 2
