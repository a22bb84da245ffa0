"""Protected names as YAML: an account for each platform, no objects, and no bombs."""

from __future__ import annotations

import sys

import pytest

from groundswell.errors import MissingExtra, UnreadableFile
from groundswell.personas.name_list import read_names

OFFICIALS = """
# kept by hand
- id: {bioguide: A1}
  name: {official_full: Bell Lantern}
  social:
    twitter: BellLantern
    facebook: bell.lantern
    twitter_id: 12
- handle: grey_otter
  display_name: Grey Otter
- Bell Hall
- [not, a, name]
- id: {bioguide: A2}
"""


def write(tmp_path, text):
    path = tmp_path / "officials.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_platform_of_an_entry_is_an_account(tmp_path):
    found = read_names(write(tmp_path, OFFICIALS))

    assert [(one.platform, one.handle, one.name) for one in found.accounts] == [
        ("facebook", "bell.lantern", "Bell Lantern"),
        ("twitter", "BellLantern", "Bell Lantern"),
        ("", "grey_otter", "Grey Otter"),
        ("", None, "Bell Hall"),
    ]
    assert found.left_out == {
        "an entry that is neither a name nor a mapping": 1,
        "neither a handle nor a display name": 1,
    }


BOMB = "- &a [x, x]\n- &b [*a, *a]\n- &c [*b, *b]\n- *c\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "anchors or aliases"),
        ("- " + "[" * 500 + "]" * 500, "nested more deeply"),
        ("- !!python/object/apply:os.system ['echo']\n- {", "it is no YAML"),
        ("twitter: ana\n", "no list"),
        ("# nothing\n", "holds no name"),
    ],
)
def test_what_is_no_list_of_names_is_refused_and_nothing_runs(tmp_path, text, said):
    with pytest.raises(UnreadableFile, match=said):
        read_names(write(tmp_path, text))


def test_a_tag_is_not_obeyed(tmp_path):
    found = read_names(write(tmp_path, "- !!python/name:os.system {twitter: ana}\n- {twitter: !!binary 7777}\n"))

    assert [one.handle for one in found.accounts] == ["ana", "7777"]


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra, match=r"groundswell\[lists\]"):
        read_names(write(tmp_path, OFFICIALS))


@pytest.mark.real
def test_the_official_list_is_read(real_data):
    found = read_names(real_data / "fixtures" / "legislators-social-media.yaml")

    assert len(found.accounts) > 1500
    assert not found.left_out
