"""What every export promises, asked of each one found."""

from __future__ import annotations

import re
import shutil

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.errors import WrongUse
from groundswell.publish.exports.brief_pdf import BROWSERS
from groundswell.publish.exports.catalogue import export_named, exports
from groundswell.publish.exports.export import Material
from tests.publish.editions import edition

TABLES = ("csv", "spreadsheet", "parquet")


def runnable():
    """Every export; the one that prints only where there is something to print with."""
    browser = any(map(shutil.which, BROWSERS))
    skip = pytest.mark.skipif(not browser, reason="no Chromium on this machine to print with")
    marks = {".pdf": (skip, pytest.mark.slow)}
    return [pytest.param(one, id=one.name, marks=marks.get(one.suffix, ())) for one in exports()]


def written(export, material, folder) -> dict[str, bytes]:
    """The files of an export by name."""
    place = folder / f"out{export.suffix}"
    if not export.suffix:
        place.mkdir(parents=True)
    else:
        folder.mkdir(parents=True, exist_ok=True)
    export.write(material, place)
    return {path.name: path.read_bytes() for path in (sorted(place.iterdir()) if place.is_dir() else [place])}


@pytest.mark.parametrize("export", runnable())
def test_an_export_made_twice_is_the_same_bytes(export, material, tmp_path):
    assert written(export, material, tmp_path / "one") == written(export, material, tmp_path / "two")


@pytest.mark.parametrize("export", [one for one in exports() if one.suffix != ".pdf"], ids=lambda one: one.name)
def test_an_export_names_no_account_and_no_post_by_its_own_id(export, disputed, tmp_path):
    for name, content in written(export, disputed, tmp_path).items():
        found = re.findall(rb"user_\d|reader_\d|post_\d|_writes", content)

        assert found == [], name


@pytest.mark.parametrize("export", [one for one in exports() if one.suffix in (".json", ".csv", ".md", ".html")])
def test_an_export_carries_the_run_the_hedge_and_that_the_data_are_made_up(export, material, tmp_path):
    text = b"".join(written(export, material, tmp_path).values()).decode()

    assert "7f3a91c" in text
    assert "ade-up" in text
    assert "Nothing here says who they are" in text


@pytest.mark.parametrize("export", [one for one in exports() if one.suffix in (".json", ".csv", ".md")])
def test_an_export_says_no_word_that_the_program_may_not_write(export, material, tmp_path):
    text = b"".join(written(export, material, tmp_path).values()).decode()

    assert forbidden_in(text) == ()


@pytest.mark.parametrize("export", [one for one in exports() if one.suffix != ".pdf"], ids=lambda one: one.name)
def test_an_export_works_where_nothing_was_found(export, nothing_found, tmp_path):
    assert all(written(export, nothing_found, tmp_path).values())


@pytest.mark.parametrize("name", ["stix", "misp", "killchain", "indicators", "csv", "brief"])
def test_an_export_shows_that_a_finding_is_contested(name, disputed, tmp_path):
    text = b"".join(written(export_named(name), disputed, tmp_path).values()).decode()

    assert "contested" in text


@pytest.mark.parametrize("name", ["stix", "csv", "brief", "dataset-card"])
def test_own_ids_are_shown_where_a_person_decided_so(name, engine, tmp_path):
    shown = edition(engine)
    shown = type(shown)(**{**vars(shown), "parameters": type(shown.parameters)(show_handles=True)})
    text = b"".join(written(export_named(name), Material(edition=shown), tmp_path).values()).decode()

    assert "a person decided so" in text or "user_3" in text


def test_a_format_that_is_none_is_told_the_names_of_those_there_are():
    with pytest.raises(WrongUse, match=r"There are: brief, .*stix"):
        export_named("sticks")


def test_every_export_has_a_name_of_its_own_and_says_what_it_is():
    names = [one.name for one in exports()]

    assert len(names) == len(set(names)) == 14
    assert all(one.title for one in exports())
