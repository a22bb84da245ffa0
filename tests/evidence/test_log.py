"""log: a line an act, each holding the one before; cut off anywhere, it comes back whole."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.errors import WrongUse
from groundswell.evidence.folder import put
from groundswell.evidence.log import (
    ASIDE,
    FIRST,
    LOG,
    NEXT,
    BrokenLog,
    folder_of,
    inside,
    live_files,
    read_log,
    writing,
)
from groundswell.evidence.verify import verify
from tests.evidence.conftest import HAND


def write(study, *names, what="capture"):
    """Put a file of each name into the evidence."""
    with writing(study) as log:
        for name in names:
            put(log, folder_of(study), HAND, what, {f"captures/{name}/data.wacz": name.encode()})


def test_each_line_holds_the_hash_of_the_line_before(study):
    write(study, "a", "b")
    lines = (folder_of(study) / LOG).read_bytes().splitlines()

    assert [json.loads(line)["previous"] for line in lines] == [FIRST, sha256(lines[0]).hexdigest()]
    assert json.loads(lines[1]) | {"check": "", "previous": ""} == {
        "n": 2,
        "at": "2024-05-01T12:00:00+00:00",
        "who": "ana",
        "why": "test",
        "tool": "groundswell test",
        "what": "capture",
        "inputs": {},
        "outputs": {"captures/b/data.wacz": sha256(b"b").hexdigest()},
        "about": {},
        "previous": "",
        "check": "",
    }


def test_a_study_without_evidence_has_an_empty_log(study):
    assert read_log(folder_of(study)) == ((), None)


def test_every_flip_of_every_byte_of_the_log_is_noticed(study):
    write(study, "a", "b")
    place = folder_of(study) / LOG
    whole = place.read_bytes()
    for at in range(len(whole)):
        flip = 1 << at % 8
        place.write_bytes(whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :])

        assert read_log(folder_of(study))[1] is not None, (at, flip)


@settings(max_examples=20)
@given(st.data())
def test_lines_left_out_swapped_or_doubled_are_noticed(tmp_path_factory, data):
    from groundswell.pipeline import new

    study = new(tmp_path_factory.mktemp("log") / "gate.study")
    write(study, "a", "b", "c")
    place = folder_of(study) / LOG
    lines = place.read_bytes().splitlines(keepends=True)
    other = data.draw(st.lists(st.sampled_from(lines), max_size=4).filter(lambda drawn: drawn != lines))
    place.write_bytes(b"".join(other))

    assert not verify(study).holds


def test_nothing_is_written_to_a_log_that_does_not_hold(study):
    write(study, "a", "b")
    place = folder_of(study) / LOG
    changed = place.read_bytes().replace(b"ana", b"ben", 1)
    place.write_bytes(changed)

    with pytest.raises(BrokenLog, match="line 1 was changed"):
        write(study, "c")
    assert place.read_bytes() == changed


def test_one_writer_at_a_time(study):
    with writing(study), pytest.raises(WrongUse, match="Another program is writing evidence"), writing(study):
        pass


class Killed(BaseException):
    pass


def kill_at(monkeypatch, step):
    """Let the program die just before the nth of its steps that touch the disk."""
    from groundswell.evidence import folder, log

    def die(*words, **named):
        raise Killed

    if step == "aside":
        monkeypatch.setattr(log, "write_whole", die)
    if step == "next":
        monkeypatch.setattr(folder, "_flush_folder", die)
    if step == "moved":
        monkeypatch.setattr(log.Log, "_append", die)
    monkeypatch.setattr(folder.shutil, "rmtree", lambda *words, **named: None)


@pytest.mark.parametrize(("step", "kept"), [("aside", False), ("next", True), ("moved", True)])
def test_killed_between_any_two_steps_all_of_it_is_there_or_nothing(study, monkeypatch, step, kept):
    write(study, "a")
    with monkeypatch.context() as patched:
        kill_at(patched, step)
        with pytest.raises(Killed):
            write(study, "b")

    seen = verify(study)
    assert seen.holds
    assert seen.notes
    write(study, "c")
    after = verify(study)
    assert after.holds
    assert not [note for note in after.notes if "cut off" in note]
    names = {path.split("/")[1] for path in live_files(read_log(folder_of(study))[0])}
    assert names == {"a", "c"} | ({"b"} if kept else set())
    assert not list(folder_of(study).glob(f"{ASIDE}*"))
    assert not (folder_of(study) / NEXT).exists()


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_a_line_cut_off_at_any_byte_is_completed(tmp_path_factory, cut):
    """The power goes while the line is written; what was put aside before holds all of it."""
    from groundswell.pipeline import new

    study = new(tmp_path_factory.mktemp("torn") / "gate.study")
    write(study, "a", "b")
    place = folder_of(study) / LOG
    whole = place.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    (folder_of(study) / NEXT).write_bytes(last)
    place.write_bytes(whole[: len(whole) - len(last) + cut % len(last)])

    assert verify(study).holds
    write(study, "c")
    assert verify(study).holds
    assert place.read_bytes().startswith(whole)


def test_half_a_line_that_nobody_was_writing_is_damage(study):
    write(study, "a", "b")
    place = folder_of(study) / LOG
    place.write_bytes(place.read_bytes()[:-20])

    assert "breaks off" in read_log(folder_of(study))[1]
    with pytest.raises(BrokenLog):
        write(study, "c")


def test_a_log_that_is_gone_is_noticed_by_what_it_left_behind(study):
    write(study, "a")
    (folder_of(study) / LOG).unlink()

    assert [problem.what for problem in verify(study).problems] == ["is not in the log"]


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "a\\..\\x", "a\0b"])
def test_a_name_in_the_log_leads_nowhere_else(study, path):
    with pytest.raises(ValueError, match="leads out"):
        inside(folder_of(study), path)


def test_a_copied_study_verifies_elsewhere(study, tmp_path):
    write(study, "a")
    shutil.copytree(study.folder, tmp_path / "elsewhere")

    assert verify(type(study).open(tmp_path / "elsewhere")).holds
