"""compare_folder: files from strangers, the reference folder, and the command's JSON."""

from __future__ import annotations

import json

import pytest

from groundswell.errors import MissingColumns, NothingToDo, WrongUse
from groundswell.personas.pictures.folder import compare_folder, read_bearers
from groundswell.simulate.pictures import as_png, cover, mirrored, picture, portrait

# A PNG header that claims 100,000 by 100,000 pixels.
BOMB = bytes.fromhex("89504e470d0a1a0a0000000d49484452000186a0000186a00802000000") + b"\0" * 40


@pytest.fixture
def folders(tmp_path):
    face = portrait(2)
    for name, made in {
        "shown/a.png": face,
        "shown/b.png": mirrored(face),
        "shown/c.png": picture(9),
        "press/cover.png": cover(5, face),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(as_png(made))
    return tmp_path


def test_a_face_is_found_on_the_cover_it_was_cut_from(folders):
    found = compare_folder(folders / "shown", reference=folders / "press")

    assert {(one.a, one.b) for one in found.pairs} == {
        ("a.png", "b.png"),
        ("a.png", "reference/cover.png"),
        ("b.png", "reference/cover.png"),
    }
    assert (found.n_pictures, found.n_compared_pairs) == (3, 6)


@pytest.mark.parametrize("bytes_", [b"", b"not a picture", BOMB, as_png(picture(1))[:300], b"GIF89a" + b"\xff" * 20])
def test_a_hostile_file_is_unread_and_the_rest_is_compared(folders, bytes_):
    (folders / "shown" / "evil.png").write_bytes(bytes_)

    found = compare_folder(folders / "shown", corners=False)

    assert [one.name for one in found.unread] == ["evil.png"]
    assert (found.n_pictures, found.n_compared) == (4, 3)


def test_the_command_prints_pairs_and_clusters(groundswell, folders):
    seen = folders / "seen.csv"
    seen.write_text(
        "picture,account_id,name,first_seen\nb.png,1,ana,2024-05-01\na.png,2,ben,2024-05-02\n", encoding="utf-8"
    )
    said = groundswell("pictures", folders / "shown", "--reference", folders / "press", "--seen", seen, "--json")

    told = json.loads(said.out)
    assert set(told["pairs"][0]) >= {"a", "b", "distance", "method", "transform"}
    assert told["clusters"][0]["names"] == ["ana", "ben"]
    assert "no face is recognised" in groundswell("pictures", folders / "shown").out


def test_the_same_folder_gives_the_same_answer(folders):
    assert compare_folder(folders / "shown").as_json() == compare_folder(folders / "shown").as_json()


def test_a_folder_without_pictures_is_named(tmp_path):
    with pytest.raises(NothingToDo, match="no picture"):
        compare_folder(tmp_path)
    with pytest.raises(WrongUse, match="no folder"):
        compare_folder(tmp_path / "missing")


def test_a_table_without_pictures_is_refused(tmp_path):
    (tmp_path / "seen.csv").write_text("file,name\na.png,ana\n", encoding="utf-8")

    with pytest.raises(MissingColumns, match="picture"):
        read_bearers(tmp_path / "seen.csv")
