"""compare_captured: the pictures of captured pages, with where and when they were fetched."""

from __future__ import annotations

import pytest

from groundswell import pipeline
from groundswell.errors import NothingToDo, WrongUse
from groundswell.evidence.capture import capture
from groundswell.personas.pictures.captured import compare_captured
from groundswell.simulate.pictures import as_png, mirrored, picture, portrait
from tests.evidence.conftest import HAND, LOOPBACK
from tests.evidence.servers import Local, serving


@pytest.fixture
def study(tmp_path):
    """Two captured posts: one face, the other time in a mirror, and a scene that is nobody's."""
    made = pipeline.new(tmp_path / "gate.study")
    local = Local()
    face = portrait(1)
    for name, colours in (("face", face), ("other", mirrored(face)), ("scene", picture(2))):
        local.pages[f"/{name}.png"] = (200, {"Content-Type": "image/png"}, as_png(colours))
    local.pages["/broken.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\nnot really")
    local.html("/post/1", '<img src="/face.png"><img src="/scene.png"><img src="/broken.png">')
    local.html("/post/2", '<img src="/other.png">')
    with serving(local):
        for post in (1, 2):
            capture(made, f"{local.url}/post/{post}", HAND, LOOPBACK)
    return made


def test_a_face_on_two_captured_pages_is_found_with_the_time_it_was_fetched(study):
    found = compare_captured(study)
    (pair,) = found.pairs
    (cluster,) = found.clusters

    assert [name.rsplit("/", 1)[1] for name in (pair.a, pair.b)] == ["face.png", "other.png"]
    assert pair.transform == "mirrored"
    assert [bool(place.bearer.first_seen) for place in cluster.places] == [True, True]
    assert cluster.accounts == ()
    assert (found.n_pictures, found.n_compared, len(found.unread)) == (4, 3, 1)


def test_the_command_takes_a_study_for_a_folder(study):
    assert pipeline.pictures(study.folder).pairs == compare_captured(study).pairs


def test_who_showed_a_captured_picture_is_not_taken_from_a_table(study, tmp_path):
    (tmp_path / "seen.csv").write_text("picture,name\na.png,ana\n")

    with pytest.raises(WrongUse, match="--seen"):
        pipeline.pictures(study.folder, seen=tmp_path / "seen.csv")


def test_a_study_without_captured_pictures_is_told_so(tmp_path):
    with pytest.raises(NothingToDo, match="groundswell capture"):
        compare_captured(pipeline.new(tmp_path / "empty.study"))
