"""The verbs end to end on small made-up data: the contract's files, equal bytes, and step by step as in one go."""

from __future__ import annotations

import json

import pytest

from groundswell.engine.duck import Duck
from groundswell.model.link import GROUP_MEMBERS, LINKS, MEETINGS

FILES = {
    "report.html", "ledger.html", "links.parquet", "meetings.parquet", "groups.parquet", "groups.json", "accounts.csv",
    "edges.csv", "map.json", "network.gexf", "network.graphml", "findings.json", "ledger.json", "run.json", "study",
}  # fmt: skip
TABLES = sorted(FILES - {"study", "run.json", "report.html"})


@pytest.fixture(scope="session")
def planted(tmp_path_factory):
    """A share log with a planted campaign."""
    from groundswell.simulate.catalogue import simulate
    from groundswell.simulate.write import write

    path = tmp_path_factory.mktemp("planted") / "planted.csv"
    write(simulate("planted", seed=3, shares=12_000), path)
    return path


def test_a_run_leaves_the_files_of_the_contract(groundswell, planted, tmp_path):
    said = groundswell("run", planted, "-o", "out", "--json")
    figures = json.loads(said.out)
    ledger = json.loads((tmp_path / "out" / "ledger.json").read_text())["files"]

    assert said.code == 0, said.err
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    for entry in ledger:
        assert entry["rows"] == entry["posts"] + sum(entry["other_records"].values()) + sum(entry["left_out"].values())
    assert figures["inputs"][0]["sha256"] == ledger[0]["sha256"]
    with Duck() as engine:
        for contract in (LINKS, MEETINGS, GROUP_MEMBERS):
            path = tmp_path / "out" / f"{contract.name}.parquet"
            described = engine.rows(f"describe select * from '{path}'")
            assert [row[0] for row in described] == list(contract.columns)


def test_the_planted_accounts_are_found(groundswell, planted, tmp_path):
    groundswell("run", planted, "-o", "out")
    with Duck() as engine:
        [(missed, strangers, members)] = engine.rows(
            f"""
            with truth as (select account_id from '{planted}.truth.parquet'),
                 found as (select distinct account_id from '{tmp_path}/out/groups.parquet')
            select count(*) filter (f.account_id is null), count(*) filter (t.account_id is null),
                   count(*) filter (t.account_id is not null)
            from truth as t full join found as f using (account_id)
            """
        )

    assert members >= 10
    assert missed <= 0.05 * members
    assert strangers <= 0.02 * members


def test_two_runs_with_equal_input_give_equal_bytes(groundswell, planted, tmp_path):
    groundswell("run", planted, "-o", "one")
    groundswell("run", planted, "-o", "two")

    for name in TABLES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_repeated_run_keeps_the_letters_of_its_groups(groundswell, planted, tmp_path):
    groundswell("run", planted, "-o", "out")
    before = (tmp_path / "out" / "groups.json").read_bytes()
    said = groundswell("run", planted, "-o", "out")

    assert said.code == 0, said.err
    assert (tmp_path / "out" / "groups.json").read_bytes() == before


def test_step_by_step_gives_what_one_go_gives(groundswell, planted, tmp_path):
    groundswell("run", planted, "-o", "out")
    for step in (
        ["new", "s"],
        ["read", "s", planted],
        ["trace", "s"],
        ["detect", "s"],
        ["assess", "s"],
        ["publish", "s", "-o", "pages"],
    ):
        said = groundswell(*step)
        assert said.code == 0, (step, said.err)

    for name in ("links.parquet", "meetings.parquet", "groups.parquet", "edges.csv"):
        assert (tmp_path / "pages" / name).read_bytes() == (tmp_path / "out" / name).read_bytes(), name


def test_a_step_too_early_names_the_step_before(groundswell, tmp_path):
    groundswell("new", "s")

    for step, needed in (("trace", "no post"), ("detect", "groundswell trace"), ("assess", "groundswell detect")):
        said = groundswell(step, "s")
        assert said.code in (1, 2)
        assert needed in said.err


def test_reading_a_file_twice_changes_nothing(groundswell, planted, tmp_path):
    groundswell("new", "s")
    first = json.loads(groundswell("read", "s", planted, "--json").out)
    again = json.loads(groundswell("read", "s", planted, "--json").out)

    assert again == first
    assert len(list((tmp_path / "s" / "ledger").iterdir())) == 1


def test_inspect_prints_the_contract_and_changes_nothing(groundswell, planted):
    before = planted.read_bytes()
    seen = json.loads(groundswell("inspect", planted, "--json").out)

    assert {"format", "rows", "posts", "left_out", "other_records", "assumptions"} <= seen.keys()
    assert seen["rows"] == seen["posts"] + sum(seen["other_records"].values()) + sum(seen["left_out"].values())
    assert planted.read_bytes() == before


def test_explain_says_why_an_account_is_there_and_what_would_take_it_out(groundswell, planted, tmp_path):
    groundswell("run", planted, "-o", "out")
    group = json.loads((tmp_path / "out" / "groups.json").read_text())["groups"][0]
    said = groundswell("explain", "out", group["account_ids"][0])

    assert said.code == 0, said.err
    assert f"is in group {group['group_id']}" in said.out
    assert "would take it out" in said.out


def test_an_account_that_is_nowhere_is_not_found(groundswell, planted):
    groundswell("run", planted, "-o", "out")
    said = groundswell("explain", "out", "nobody-at-all")

    assert said.code == 2
    assert "nobody-at-all" in said.err


def test_simulate_lists_and_writes_with_the_truth_beside_it(groundswell, tmp_path):
    listed = groundswell("simulate", "--list")
    said = groundswell("simulate", "quiet", "--seed", 5, "--shares", 5000, "-o", "quiet.csv")

    assert "planted" in listed.out
    assert said.code == 0, said.err
    assert (tmp_path / "quiet.csv.truth.parquet").is_file()


@pytest.mark.slow
def test_the_demo_opens_no_browser_and_leaves_its_pages(groundswell, tmp_path):
    said = groundswell("demo", "--no-open", "--out", "demo")

    assert said.code == 0, said.err
    assert (tmp_path / "demo" / "index.html").is_file()
    for name in ("campaign", "fandom", "wire"):
        # Where no group is reported there is nothing to draw a map of.
        expected = FILES - {"map.json"} if name == "fandom" else FILES
        assert {path.name for path in (tmp_path / "demo" / name).iterdir()} == expected
