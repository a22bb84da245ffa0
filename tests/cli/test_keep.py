"""`--keep`: findings about names and posts lie in the study, publish shows them, and a purge takes them."""

from __future__ import annotations

POSTS = """account_id,handle,time,post_id,text,is_repost,repost_of
1,beII_lantern,2024-05-01T10:00:00Z,p1,the gate is open for everybody today,false,
2,bell_lantern,2024-05-01T11:00:00Z,p2,the gate is shut,false,
3,cat,2024-05-01T12:00:00Z,p3,,true,p1
"""


def test_kept_findings_are_published_under_pseudonyms_and_purged(groundswell, tmp_path):
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    (tmp_path / "own.txt").write_text("bell_lantern\n", encoding="utf-8")
    assert groundswell("run", "posts.csv", "-o", "out").code == 0
    assert groundswell("publish", "out/study", "-o", "before").code == 0
    assert not (tmp_path / "before" / "personas.html").exists()
    assert groundswell("lookalikes", "out/study", "--protected", "own.txt", "--keep").code == 0
    assert groundswell("post", "out/study", "p1", "--keep").code == 0
    said = groundswell("publish", "out/study", "-o", "after")
    page = (tmp_path / "after" / "personas.html").read_text(encoding="utf-8")

    assert said.code == 0, said.err
    assert "U+0049" in page
    assert 'Its words</bdi></th><td class="n"><bdi>1</bdi></td><td class="n"><bdi>1</bdi></td>' in page
    assert "beII_lantern" not in page
    assert "bell_lantern" not in page
    assert 'href="personas.html"' in (tmp_path / "after" / "report.html").read_text(encoding="utf-8")
    assert groundswell("publish", "out/study", "--site", "site").code == 0
    assert "Earliest that survives" in next((tmp_path / "site").rglob("names.html")).read_text(encoding="utf-8")
    (tmp_path / "requests.txt").write_text("1\n", encoding="utf-8")
    assert groundswell("purge", "out/study", "--accounts", "requests.txt").code == 0
    assert not list((tmp_path / "out" / "study" / "personas").glob("*.json"))


def test_a_list_has_nowhere_to_keep_findings(groundswell, tmp_path):
    (tmp_path / "own.txt").write_text("bell_lantern\n", encoding="utf-8")
    said = groundswell("lookalikes", "own.txt", "--keep")

    assert (said.code, "nowhere to keep" in said.err) == (2, True)
