"""Zip archives, bzip2 and workbooks hold what a plain file holds."""

from __future__ import annotations

import bz2
import zipfile

import pytest

from groundswell.errors import UnreadableFile
from tests.hostile.pack import RELATIONS, SHEET, WORKBOOK, inline, workbook
from tests.read.kept import left_out, read, write_csv

TABLE = "account_id,time,text\nana,2024-05-01T10:00:00Z,Look\nben,2024-05-01T10:00:09Z,Look\n"


def test_bzip2_is_read(tmp_path):
    (tmp_path / "posts").write_bytes(bz2.compress(TABLE.encode()))

    assert read(tmp_path / "posts")[0].posts == 2


def test_files_of_one_format_in_an_archive_are_one_file(tmp_path):
    with zipfile.ZipFile(tmp_path / "posts", "w") as archive:
        archive.writestr("b/two.csv", TABLE)
        archive.writestr("a/one.csv", "time,account_id\n2024-05-02,cat\n")
        archive.writestr("__MACOSX/one.csv", "x")
        archive.writestr("picture.jpg", "x")

    ledger, kept = read(tmp_path / "posts")

    assert [row["account_id"] for row in kept.rows] == ["cat", "ana", "ben"]
    assert [row["source_row"] for row in kept.rows] == [1, 2, 3]
    assert ledger.assumptions[0].startswith("The archive holds 2 files")


def test_an_archive_without_posts_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "posts", "w") as archive:
        archive.writestr("picture.jpg", "x")

    with pytest.raises(UnreadableFile, match="holds nothing to read"):
        read(tmp_path / "posts")


CELLS = "<c r='A{0}' t='s'><v>{1}</v></c><c r='B{0}' s='1'><v>45413.4166666667</v></c><c r='D{0}'>{2}</c>"


def test_a_workbook_gives_text_as_text_dates_as_dates_and_says_what_lost_digits(tmp_path):
    header = inline(("account_id", "time", "text", "post_id"))
    rows = [
        CELLS.format(2, 0, "<v>1.01421E+18</v>"),
        CELLS.format(3, 1, "<v>1014210000000000000</v>"),
        CELLS.format(4, 1, "<v>77</v>"),
    ]
    with zipfile.ZipFile(tmp_path / "posts.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format("/xl/worksheets/sheet1.xml"))
        archive.writestr(
            "xl/sharedStrings.xml",
            "<sst><si><t>9007199254740993</t></si><si><r><t>b</t></r><r><t>en</t></r></si></sst>",
        )
        archive.writestr(
            "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs></styleSheet>"
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", SHEET.format(header + "".join(f"<row>{row}</row>" for row in rows))
        )

    ledger, kept = read(tmp_path / "posts.xlsx")

    assert [row["account_id"] for row in kept.rows] == ["9007199254740993", "ben", "ben"]
    assert {row["time"] for row in kept.rows} == {"2024-05-01T10:00:00.000000"}
    assert kept.rows[2]["post_id"] == "77"
    assert "In 2 of 3 rows the post id was rounded by a spreadsheet and counts as unknown." in ledger.assumptions


def test_a_row_wider_than_its_header_is_left_out(tmp_path):
    workbook(SHEET.format(inline(("account_id", "time"), ("ana", "2024-05-01", "more"), ("ben", "2024-05-01"))))(
        tmp_path / "posts"
    )

    ledger, _ = read(tmp_path / "posts")

    assert (ledger.posts, left_out(ledger)) == (1, {"more cells than the header": 1})


def test_a_table_without_a_header_is_known_by_its_order(tmp_path):
    path = write_csv(
        tmp_path / "posts", "p1,11,ana,,,Look #Gate,1714557600,https://example.org/a\np2,12,ben,p1,,,1714557609,\n"
    )

    ledger, kept = read(path)

    assert (ledger.format, ledger.rows, ledger.posts) == ("coordination-network-toolkit", 2, 2)
    assert (kept.rows[0]["hashtags"], kept.rows[1]["repost_of"]) == (["Gate"], "p1")
