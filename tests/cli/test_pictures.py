"""`pictures` and `post` as typed: the JSON that is promised."""

from __future__ import annotations

import json

import pytest

from groundswell.simulate.pictures import as_png, cover, mirrored, picture, portrait


def test_pictures_prints_pairs_with_the_reference_and_clusters(groundswell, tmp_path):
    face = portrait(1)
    shown = {"pics/a.png": face, "pics/b.png": mirrored(face), "pics/c.png": picture(5), "ref/book.png": cover(9, face)}
    for name, colours in shown.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(as_png(colours))
    said = groundswell("pictures", "pics", "--reference", "ref", "--json")
    told = json.loads(said.out)

    assert said.code == 0, said.err
    assert all({"a", "b", "distance", "method", "transform"} <= pair.keys() for pair in told["pairs"])
    assert [(pair["a"], pair["b"], pair["method"]) for pair in told["pairs"]] == [
        ("a.png", "b.png", "pdq"),
        ("a.png", "reference/book.png", "corners"),
        ("b.png", "reference/book.png", "corners"),
    ]
    assert [one["pictures"] for one in told["clusters"]] == [["a.png", "b.png", "reference/book.png"]]
    assert told["possible_pairs"] == 3 + 3


@pytest.fixture
def study(groundswell, tmp_path):
    (tmp_path / "posts.csv").write_text(
        "account_id,time,post_id,text,is_repost,repost_of\n"
        "1,2024-05-01T10:00:00Z,p1,the gate is open for all of us now,false,\n"
        "2,2024-05-01T11:00:00Z,p2,,true,p1\n3,2024-05-01T12:00:00Z,p3,,true,p1\n",
        encoding="utf-8",
    )
    (tmp_path / "seen.csv").write_text(
        "account_id,seen_at,status\n1,2024-06-01,suspended\n2,2024-06-01,active\n", encoding="utf-8"
    )
    groundswell("new", "gate.study")
    groundswell("read", "gate.study", "posts.csv")
    return tmp_path / "gate.study"


def test_post_prints_its_anatomy_and_the_sentence_to_print(groundswell, study):
    told = json.loads(groundswell("post", study, "p1", "--json").out)

    assert (told["n_reposts"], [one["reposts"] for one in told["milestones"]]) == (2, [1])
    assert told["sentence"] == told["sentences"][0]
    assert {one["of"]: one["count"] for one in told["parts"]}["accounts no longer there"] is None


def test_post_takes_the_status_of_accounts_from_the_snapshots_of_the_study(groundswell, study):
    assert groundswell("history", study, "--add", "seen.csv").code == 0
    told = json.loads(groundswell("post", study, "p1", "--json").out)
    part = next(one for one in told["parts"] if one["of"] == "accounts no longer there")

    assert (part["count"], part["whole"]) == (0, 1)
    assert told["author"]["gone"] is True
    assert any("no longer there, which says nothing of why" in sentence for sentence in told["sentences"])
