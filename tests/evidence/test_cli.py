"""The commands as they are typed: what they say, how they end, and that no sentence says too much."""

from __future__ import annotations

import json

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.pipeline import read
from groundswell.publish.report import report_html
from groundswell.store.study import Study
from tests.evidence.servers import stamps_at
from tests.publish.editions import edition

ALLOW = ("--allow-address", "127.0.0.1")


@pytest.fixture
def gate(groundswell, tmp_path):
    groundswell("new", "gate.study")
    return tmp_path / "gate.study"


def test_a_capture_says_what_was_kept_of_what(groundswell, gate, web):
    said = groundswell("capture", gate, f"{web.url}/post/1", "--post", "p1", *ALLOW)

    assert said.code == 0
    assert "answer   200" in said.out
    assert "media    1 of 2 kept" in said.out


def test_an_address_that_is_not_public_is_wrong_use(groundswell, gate):
    said = groundswell("capture", gate, "http://169.254.169.254/latest/meta-data/")

    assert said.code == 2
    assert said.err.splitlines()[-3] == (
        "http://169.254.169.254/latest/meta-data/ is not asked: it leads to the local link,"
        " where cloud machines keep their metadata."
    )


def test_of_several_addresses_those_that_answer_are_kept(groundswell, gate, web):
    said = groundswell("capture", gate, f"{web.url}/post/1", "http://10.0.0.1/", "--json", *ALLOW)

    assert said.code == 1
    assert "1 of 2 addresses were not captured" in said.err
    told = json.loads(said.out)
    assert [one["url"] for one in told["captures"]] == [f"{web.url}/post/1"]


def test_a_post_of_the_study_is_captured_at_its_own_page(groundswell, gate, web, tmp_path, monkeypatch):
    (tmp_path / "posts.csv").write_text("account_id,time,post_id,text\nana,2024-05-01T10:00:00Z,118,hello\n")
    read(Study.open(gate), [tmp_path / "posts.csv"])
    said = groundswell("capture", gate, "118")
    assert said.code == 2
    assert "does not tell where the post stands" in said.err

    said = groundswell("capture", gate, "119")
    assert "neither an address nor a post of this study" in said.err


def test_verify_names_the_file_and_ends_with_one(groundswell, gate, web):
    groundswell("capture", gate, f"{web.url}/post/1", *ALLOW)
    place = next(gate.rglob("data.wacz"))
    place.write_bytes(place.read_bytes()[:-1] + b"!")
    said = groundswell("evidence", "verify", gate)

    assert said.code == 1
    assert f"evidence/captures/{place.parent.name}/data.wacz: was changed" in said.out
    assert "1 thing is not as written down." in said.err
    assert json.loads(groundswell("evidence", "verify", gate, "--json").out)["holds"] is False


def test_an_authority_that_is_down_leaves_the_capture_and_a_queue(groundswell, gate, web, authority):
    groundswell("evidence", "authority", gate, "first", "--url", f"{web.url}/tsr", "--roots", authority / "ca.pem")
    said = groundswell("capture", gate, f"{web.url}/post/1", *ALLOW)
    assert said.code == 0
    assert "no time stamp, the entries stay in the queue: its server answers 404" in said.out
    assert groundswell("evidence", "stamp", gate, *ALLOW).code == 1
    assert "first: 1 of 1 entries wait for a time stamp." in groundswell("evidence", "verify", gate).out

    stamps_at(web, "/tsr", authority)
    said = groundswell("evidence", "stamp", gate, *ALLOW)
    assert said.code == 0
    assert "first: 0 of 1 entries wait" in said.out


def test_a_study_without_an_authority_is_told_how_to_name_one(groundswell, gate):
    said = groundswell("evidence", "stamp", gate)

    assert said.code == 2
    assert "groundswell evidence authority" in said.err


def test_no_sentence_says_more_than_it_may(groundswell, gate, web, authority):
    stamps_at(web, "/tsr", authority)
    groundswell("evidence", "authority", gate, "first", "--url", f"{web.url}/tsr", "--roots", authority / "ca.pem")
    said = [
        groundswell("capture", gate, f"{web.url}/post/1", *ALLOW),
        groundswell("evidence", "verify", gate),
        groundswell("evidence", "list", gate),
        groundswell("evidence", "--help"),
        groundswell("capture", "--help"),
        groundswell("capture", gate, "http://10.0.0.1/"),
    ]

    assert [forbidden_in(one.out + one.err) for one in said] == [()] * len(said)


def test_the_report_says_of_each_post_shown_whether_it_is_preserved(engine):
    shown = report_html(edition(engine, captures={}))
    assert shown.count("Not preserved") == 6

    assert "reserved" not in report_html(edition(engine))


def test_the_report_names_the_capture(engine):
    made = edition(engine)
    everything = {post: ("3fa9000000000000",) for (post,) in made.engine.rows("select post_id from posts")}
    shown = report_html(edition(engine, captures=everything))

    assert shown.count("Preserved: capture 3fa9000000000000") == 6
    assert "Not preserved" not in shown
