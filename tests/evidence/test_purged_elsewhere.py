"""held_elsewhere: a purge says which captures and articles still hold the words of who asked to be forgotten."""

from __future__ import annotations

from groundswell import pipeline
from groundswell.cli.purge import what_to_do
from groundswell.evidence.capture import capture
from groundswell.evidence.foreign import import_capture
from tests.evidence.conftest import HAND, LOOPBACK, NOON
from tests.evidence.test_captured_pictures import archive

SAID = "The harbour gate was never meant to be closed at night, whatever they say"
POSTS = (
    "account_id,time,post_id,text\n"
    f'eve,2024-05-01T10:00:00Z,p1,"{SAID}"\nben,2024-05-01T10:00:09Z,p2,hello to everybody at the harbour\n'
)
ARTICLE = (
    "<html><body><article><p>Bots drove #OpenGate, the Harbour Post reported.</p>"
    f"<p>One wrote: <i>{SAID.replace(' ', '&nbsp;')}</i></p></article></body></html>"
)


def a_study(tmp_path):
    study = pipeline.new(tmp_path / "gate.study")
    (tmp_path / "posts.csv").write_text(POSTS)
    pipeline.read(study, [tmp_path / "posts.csv"])
    return study


def purged(study, account):
    return pipeline.purge(study, accounts=[account], now=NOON)


def test_words_without_a_name_are_found_in_captures_and_articles(tmp_path, web):
    study = a_study(tmp_path)
    web.html("/quoted", ARTICLE)
    web.html("/other", "<p>hello to nobody at the harbour</p>")
    made = capture(study, f"{web.url}/quoted", HAND, LOOPBACK)
    capture(study, f"{web.url}/other", HAND, LOOPBACK)
    (tmp_path / "article.html").write_text(ARTICLE)
    pipeline.claims(study.folder, [tmp_path / "article.html"], about="#OpenGate")
    done = purged(study, "eve")

    captured = [path for path in done.left if path.startswith("evidence/")]
    assert captured == [f"evidence/captures/{made.capture}/data.wacz"]
    assert [path for path in done.left if path.startswith("claims/raw/")]
    assert any("claims/documents.json" in advice for advice in what_to_do(study.folder, done))


def test_a_packed_archive_is_unpacked_to_look_for_words(tmp_path):
    study = a_study(tmp_path)
    (tmp_path / "other.warc.gz").write_bytes(archive("https://a.example/b", ARTICLE.encode(), mime="text/html"))
    made = import_capture(study, tmp_path / "other.warc.gz", HAND)

    assert [path for path in purged(study, "eve").left if made.capture in path]


def test_whom_nobody_quotes_leaves_nothing(tmp_path, web):
    study = a_study(tmp_path)
    web.html("/quoted", ARTICLE)
    capture(study, f"{web.url}/quoted", HAND, LOOPBACK)

    assert purged(study, "ben").left == ()


def test_a_capture_that_can_not_be_opened_is_named(tmp_path):
    study = a_study(tmp_path)
    (tmp_path / "other.warc.gz").write_bytes(archive("https://a.example/b", ARTICLE.encode(), mime="text/html"))
    import_capture(study, tmp_path / "other.warc.gz", HAND)
    (place,) = study.folder.rglob("data.warc.gz")
    place.chmod(0o600)
    place.write_bytes(place.read_bytes()[:60] + b"\x00" * 60)

    assert [path.rsplit("/", 1)[1] for path in purged(study, "eve").unread] == ["data.warc.gz"]
