"""The output folder: whole or not there, and never somebody else's."""

from __future__ import annotations

import pytest

from groundswell.errors import NotOurs, WrongUse
from groundswell.store.output import whole_folder
from groundswell.store.run_folder import write_json

OURS = {"made_by": "groundswell 0"}


def write(out, text):
    with whole_folder(out) as folder:
        write_json(folder / "run.json", OURS)
        (folder / "report.html").write_text(text)


def test_a_folder_appears_with_all_that_was_written(tmp_path):
    write(tmp_path / "out", "first")

    assert (tmp_path / "out" / "report.html").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_older_run_of_ours_makes_way(tmp_path):
    write(tmp_path / "out", "first")
    write(tmp_path / "out", "second")

    assert (tmp_path / "out" / "report.html").read_text() == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_a_run_that_stops_leaves_the_older_one_and_nothing_else(tmp_path, stop):
    write(tmp_path / "out", "first")

    def write_and_stop():
        with whole_folder(tmp_path / "out") as folder:
            (folder / "report.html").write_text("half")
            raise stop

    with pytest.raises(stop):
        write_and_stop()

    assert (tmp_path / "out" / "report.html").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_somebody_elses_folder_is_refused_and_untouched(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(NotOurs, match=r"thesis\.docx"):
        write(tmp_path, "x")
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_a_run_json_of_another_program_does_not_make_a_folder_ours(tmp_path):
    write_json(tmp_path / "run.json", {"made_by": "something else"})

    with pytest.raises(NotOurs):
        write(tmp_path, "x")


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(NotOurs, match="a file, not a folder"):
        write(tmp_path / "out", "x")


def test_a_place_where_nothing_can_be_made_is_wrong_use(tmp_path):
    (tmp_path / "file").write_text("a file")

    with pytest.raises(WrongUse, match="can't be made"):
        write(tmp_path / "file" / "out", "x")
