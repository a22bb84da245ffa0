"""`domains` as typed: a study's links or a file's, with the posts in which they stand, and the published spoofs."""

from __future__ import annotations

import csv
import json

import pytest

POSTS = """account_id,time,post_id,text,urls
1,2024-05-01T10:00:00Z,p1,look,https://harbournews.ltd/a
2,2024-05-01T11:00:00Z,p2,look,https://www.harbournews.ltd/b
2,2024-05-01T12:00:00Z,p3,look,https://harbournews.example/c
3,2024-05-01T13:00:00Z,p4,nothing,
"""


@pytest.fixture
def own(tmp_path):
    (tmp_path / "own.txt").write_text("# ours\nharbournews.example\n", encoding="utf-8")
    return tmp_path


def test_the_links_of_a_study_come_with_their_posts(groundswell, own):
    (own / "posts.csv").write_text(POSTS, encoding="utf-8")
    groundswell("new", "gate.study")
    groundswell("read", "gate.study", "posts.csv")
    said = groundswell("domains", "gate.study", "--protected", "own.txt", "--json")
    told = json.loads(said.out)

    assert said.code == 0, said.err
    (pair,) = told["pairs"]
    assert (pair["candidate"], pair["protected"]) == ("harbournews.ltd", "harbournews.example")
    assert pair["why"][0] == "the same name under another ending"
    assert (pair["n_posts_with_it"], pair["n_accounts_with_it"], pair["post_ids"]) == (2, 2, ["p1", "p2"])
    assert pair["first_seen"] == "2024-05-01T10:00:00Z"
    assert (told["n_hosts"], told["n_posts"], told["n_posts_with_link"], told["n_protected_hosts_seen"]) == (2, 4, 3, 1)
    assert (
        "in 2 of 3 posts with a link by 2 accounts"
        in groundswell("domains", "gate.study", "--protected", "own.txt").out
    )


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("sites.txt", "ferry.example\nharb0urnews.example\n", [2]),
        ("sites.csv", "nr,domain\n1,ferry.example\n2,harb0urnews.example\n", [2]),
        ("said.txt", "see https://harb0urnews.example/a, and https://ferry.example\nno link\n", [1]),
    ],
)
def test_a_file_comes_with_its_rows(groundswell, own, name, text, rows):
    (own / name).write_text(text, encoding="utf-8")
    (pair,) = json.loads(groundswell("domains", name, "--protected", "own.txt", "--json").out)["pairs"]

    assert (pair["candidate"], pair["rows"]) == ("harb0urnews.example", rows)


def test_no_control_character_of_an_address_gets_through(groundswell, own):
    (own / "sites.txt").write_text("harbour\u202enews.example\n", encoding="utf-8")

    assert "\u202e" not in groundswell("domains", "sites.txt", "--protected", "own.txt").out


def test_a_file_without_an_address_says_what_to_write(groundswell, own):
    (own / "none.txt").write_text("hello there\n", encoding="utf-8")
    said = groundswell("domains", "none.txt", "--protected", "own.txt")

    assert said.code == 1
    assert "one address a line" in said.err


@pytest.mark.real
def test_the_published_spoofs_are_found_as_typed(groundswell, own, real_data):
    folder = real_data / "eval" / "impersonation_doppelganger_domains"
    rows = list(csv.DictReader((folder / "spoof_pairs.csv").read_text(encoding="utf-8").splitlines()))
    real = sorted({domain for row in rows for domain in row["impersonated_domain"].split("|")})
    (own / "real.txt").write_text("\n".join(real), encoding="utf-8")
    said = groundswell("domains", folder / "spoof_pairs.csv", "--protected", "real.txt", "--json")
    found = {pair["candidate"]: pair["protected"] for pair in json.loads(said.out)["pairs"]}
    hits = [row for row in rows if found.get(row["spoof_domain"]) in row["impersonated_domain"].split("|")]

    assert len(hits) >= 0.95 * len(rows)
