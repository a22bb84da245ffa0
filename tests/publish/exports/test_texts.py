"""The brief, the methods paragraph, the card and the annex: they say what they know, and where they know nothing."""

from __future__ import annotations

import re
import shutil

import pytest

from groundswell.errors import Failed, UnreadableFile
from groundswell.publish.exports.brief import brief_html
from groundswell.publish.exports.brief_pdf import BROWSERS, EXPORT, found_browser, without_dates
from groundswell.publish.exports.data_protection import TO_FILL, annex
from groundswell.publish.exports.dataset_card import card
from groundswell.publish.exports.matrix import technique_names
from groundswell.publish.exports.methods import cited, paragraph


def test_the_brief_holds_the_headline_the_parts_with_their_wholes_and_what_is_not_supported(material):
    page = brief_html(material)

    assert "8 of 128 accounts</em> acted together" in page
    assert "48 of 506" in page
    assert "That the accounts have one owner" in page
    assert "<script" not in page


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium on this machine to print with")
def test_the_brief_is_one_page(material, tmp_path):
    EXPORT.write(material, tmp_path / "brief.pdf")
    printed = (tmp_path / "brief.pdf").read_bytes()

    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]
    assert printed == without_dates(printed)


def test_without_a_browser_the_advice_is_how_to_get_one_and_how_to_do_without(tmp_path):
    with pytest.raises(Failed, match="needs Chromium") as caught:
        found_browser({"PATH": str(tmp_path)})

    assert "--format brief" in str(caught.value)


def test_every_key_that_the_paragraph_cites_is_in_the_bibliography(material):
    keys = {key for found in re.findall(r"\[([a-z0-9; ]+)\]", paragraph(material)) for key in found.split("; ")}

    assert keys == {work.key for work in cited(material.edition)}
    assert all(re.search(r"doi = \{10\.", work.bibtex()) for work in cited(material.edition)[1:])


def test_the_card_takes_from_study_toml_what_only_a_person_knows(material, nothing_found):
    assert "| Purpose | teaching |" in card(material)
    assert "| Kept until | not stated |" in card(material)
    assert "| Legal basis | not stated |" in card(nothing_found)


def test_the_annex_leaves_to_a_person_what_only_a_person_knows(material):
    written = annex(material)

    assert "| Legal basis | Art. 89 |" in written
    assert f"| Recipients | {TO_FILL} |" in written
    assert "no legal advice" in written


def test_a_cell_of_a_person_cannot_break_the_table(material):
    changed = type(material)(edition=material.edition, settings={"purpose": "a | b\n# c"})

    assert "| Purpose | a \\| b # c |" in card(changed)


def test_names_of_techniques_are_read_from_a_bundle_and_from_a_table(tmp_path):
    bundle, table = tmp_path / "DISARM.json", tmp_path / "matrix.csv"
    reference = '{"source_name": "x", "external_id": "T0084.001"}'
    bundle.write_text(
        f'{{"objects": [{{"type": "attack-pattern", "name": "Copies", "external_references": [{reference}]}}]}}'
    )
    table.write_text("id,name\nT0084.001,Copies\n")

    assert technique_names(bundle) == technique_names(table) == {"T0084.001": "Copies"}


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"objects": [{"type": 3}]}', "a,b\n1,2\n", "{" * 100_000])
def test_what_is_no_matrix_is_refused_in_words(tmp_path, content):
    path = tmp_path / "matrix.json"
    path.write_text(content)

    with pytest.raises(UnreadableFile, match="matrix"):
        technique_names(path)
