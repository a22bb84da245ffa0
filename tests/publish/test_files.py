"""publish: which files leave, that they hold no names, and that equal editions give equal bytes."""

from __future__ import annotations

import json
from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.model.run import Parameters
from groundswell.publish.files import publish
from tests.publish.editions import edition

FILES = {
    *("report.html", "ledger.html", "accounts.csv", "edges.csv", "map.json", "network.gexf", "network.graphml"),
    *("groups.json", "findings.json", "ledger.json"),
}


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_files_of_the_contract_are_there(published):
    assert set(read(published)) == FILES


def test_no_file_names_an_account_or_a_post(published):
    for name, content in read(published).items():
        for raw in (b"user_", b"reader_", b"_writes", b"post_0"):
            assert raw not in content, (name, raw)


def test_what_stood_in_an_unread_row_is_not_published(published):
    assert all(b"secret" not in content for content in read(published).values())


def test_equal_editions_give_equal_bytes(published, tmp_path):
    with Duck() as engine:
        publish(edition(engine), tmp_path)

    assert read(tmp_path) == read(published)


def test_json_ends_in_a_newline_and_its_keys_are_sorted(published):
    for name in ("groups.json", "findings.json", "ledger.json"):
        text = (published / name).read_text(encoding="utf-8")
        content = json.loads(text)

        assert text.endswith("}\n")
        assert list(content) == sorted(content)
        assert content["run"] == "7f3a91c"
        assert content["made_up"] is True


def test_groups_hold_every_outcome_under_pseudonyms(published):
    groups = json.loads((published / "groups.json").read_text())["groups"]

    assert [group["outcome"] for group in groups] == ["reported", "quick followers"]
    assert all(account.startswith("acct-") for group in groups for account in group["account_ids"])
    assert groups[0]["leads"][0]["account_id"] in groups[0]["account_ids"]


def test_a_finding_points_to_its_posts_by_file_and_row(published):
    finding = json.loads((published / "findings.json").read_text())["findings"][0]

    assert finding["evidence"][0]["post_ids"][0] == "9be1aaaa:1"
    assert finding["verdict"] == "coordinated, no sign of deception"


def test_the_ledger_adds_up(published):
    for file in json.loads((published / "ledger.json").read_text())["files"]:
        assert file["rows"] == file["posts"] + sum(file["other_records"].values()) + sum(file["left_out"].values())


def test_ids_stand_there_when_a_person_decided_so(tmp_path):
    with Duck() as engine:
        publish(edition(engine, parameters=Parameters(show_handles=True)), tmp_path)
    finding = json.loads((tmp_path / "findings.json").read_text())["findings"][0]

    assert finding["account_ids"][0] == "user_0"
    assert finding["evidence"][0]["post_ids"][0] == "post_0"
    assert "user_0" in (tmp_path / "accounts.csv").read_text()
