"""Files made to do harm, written anew each time: name, what it is, how it is made, and how it may end."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import zstandard

from groundswell.engine.duck import Duck

HEADER = "account_id,time,text\n"
ROW = "ana,2024-05-01T10:00:00Z,Look\n"
GOOD = {"account_id": "ana", "time": 1714557600, "text": "Look"}


class Hostile(NamedTuple):
    """One file of the pack."""

    name: str
    make: Callable[[Path], None]
    ends: str
    """What stands in the answer: part of the refusal, or of the ledger."""


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(content, encoding="utf-8", newline="") and None


def raw(content: Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content()) and None


def zeros_packed(pack: Callable[[bytes], object], megabytes: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            packer = pack(file)  # type: ignore[arg-type]
            block = b"0" * (1 << 20)
            for _ in range(megabytes):
                packer.write(block)  # type: ignore[attr-defined]
            packer.close()  # type: ignore[attr-defined]

    return make


def zst_with_window(path: Path) -> None:
    """A frame that asks for 2 GiB, as dumps of Reddit do; what is inside is small."""
    settings = zstandard.ZstdCompressionParameters.from_level(1, window_log=31, enable_ldm=False)
    packer = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    path.write_bytes(packer.compress((HEADER + ROW).encode()) + packer.flush())


def zipped(members: dict[str, bytes], *, stored: bool = False) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", kind) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return make


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("posts.csv", "w") as file:
        for _ in range(400):
            file.write(b"0" * (1 << 20))


def zip_of_zip() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts.csv", HEADER + ROW)
    return inner.getvalue()


def zip_with_a_long_list(path: Path) -> None:
    """A directory of members that claims 4 GB."""
    path.write_bytes(
        b"PK\x03\x04" + b"\0" * 100 + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFE, 104, 0)
    )


def many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(1_500):
            archive.writestr(f"{n}.csv", HEADER + ROW)


SHEET = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}</sheetData></worksheet>"
)
WORKBOOK = (
    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
    "<sheets><sheet name='Posts' sheetId='1' r:id='r1'/></sheets></workbook>"
)
RELATIONS = "<Relationships><Relationship Id='r1' Target='{}'/></Relationships>"
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def workbook(sheet: str, target: str = "worksheets/sheet1.xml") -> Callable[[Path], None]:
    return zipped(
        {
            "xl/workbook.xml": WORKBOOK.encode(),
            "xl/_rels/workbook.xml.rels": RELATIONS.format(target).encode(),
            "xl/worksheets/sheet1.xml": sheet.encode(),
        }
    )


def inline(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<c t='inlineStr'><is><t>{cell}</t></is></c>" for cell in row) for row in rows)
    return "".join(f"<row>{row}</row>" for row in cells)


def million_columns(path: Path) -> None:
    names = ",".join(f"c{n}" for n in range(1_000_000))
    path.write_text(f"account_id,time,{names}\nana,2024-05-01{',' * 1_000_000}\n", encoding="utf-8")


def big_cell(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "ana,2024-05-01,")
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write("\n" + ROW)


def big_json_string(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(GOOD) + "\n" + '{"account_id": "ben", "text": "')
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write('"}\n')


def parquet(rows: str) -> Callable[[Path], None]:
    """What repeats takes no room in Parquet."""

    def make(path: Path) -> None:
        with Duck() as engine:
            query = f"select 'ana' as account_id, timestamp '2024-05-01' as time, {rows}"
            engine.con.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")

    return make


def cut_parquet(path: Path) -> None:
    parquet("'Look' as text from range(5000)")(path)
    path.write_bytes(path.read_bytes()[:-30])


def fifo(path: Path) -> None:
    os.mkfifo(path)


def cut(pack: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(pack((HEADER + ROW * 5_000).encode())[:-30])

    return make


def lines(*records: str) -> Callable[[Path], None]:
    return text("\n".join([json.dumps(GOOD), *records]) + "\n")


SIGNS = (
    *("#", "@", "http://", "<", "<p>", "<a href='", "&", "&amp;", "'", '"', "\\", "[", ",", "Ã", "RT @", "\u200b"),
    "1/",
)
"""What the expressions that look into a text begin with."""

STATUS = {
    "created_at": "2024-05-01T10:00:00Z",
    "account": {"uri": "https://example.social/users/ana"},
    "reblog": None,
}


def many_signs(field: str, form: str, n: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        records = [{**GOOD, "account_id": "ben", field: form.format(sign * (n // len(sign)))} for sign in SIGNS]
        lines(*map(json.dumps, records))(path)

    return make


def markup_of_signs(path: Path) -> None:
    records = ({**STATUS, "uri": f"u{n}", "content": sign * 300_000} for n, sign in enumerate(SIGNS))
    text("".join(json.dumps(record) + "\n" for record in records))(path)


def million_keys(path: Path) -> None:
    lines(json.dumps({**GOOD, "account_id": "ben", **{f"k{n}": 1 for n in range(1_000_000)}}))(path)


def sheet_bomb(path: Path) -> None:
    workbook(SHEET.format("<row><c><v>1</v></c></row>" + " " * 400_000_000))(path)


def strings_bomb(path: Path) -> None:
    rows = inline(("account_id", "time"), ("ana", "2024-05-01"))
    members = {
        "xl/workbook.xml": WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.format("worksheets/sheet1.xml").encode(),
        "xl/worksheets/sheet1.xml": SHEET.format(rows).encode(),
        "xl/sharedStrings.xml": b"<sst>" + b"<si><t>x</t></si>" * 20_000_000 + b"</sst>",
    }
    zipped(members)(path)


SCRIPT = "<script>alert(1)</script>"

PACK = (
    Hostile("gz bomb", zeros_packed(lambda file: gzip.GzipFile(fileobj=file, mode="wb"), 400), "unpacks to far more"),
    Hostile("bz2 bomb", zeros_packed(lambda file: bz2.BZ2File(file, "wb"), 400), "unpacks to far more"),
    Hostile(
        "zst bomb",
        zeros_packed(lambda file: zstandard.ZstdCompressor().stream_writer(file), 400),
        "unpacks to far more",
    ),
    Hostile("zst window of 2 GiB", zst_with_window, "needs more memory than is allowed"),
    Hostile("zip bomb", zip_bomb, "unpacks to far more"),
    Hostile("zip in a zip", zipped({"inner.zip": zip_of_zip()}), "a packed file inside another packing"),
    Hostile("gzip in a gzip", raw(lambda: gzip.compress(gzip.compress(ROW.encode()))), "a packed file inside another"),
    Hostile("zip whose directory has no end", zip_with_a_long_list, "holds more than 1,000 files"),
    Hostile("zip of many members", many_members, "holds more than 1,000 files"),
    Hostile("zip with a path out of it", zipped({"../../../tmp/evil.csv": (HEADER + ROW).encode()}), "1 posts"),
    Hostile(
        "zip with two formats",
        zipped({"a.csv": (HEADER + ROW).encode(), "b.csv": b"account_id,object_id,ts\na,o,1\n"}),
        "different formats",
    ),
    Hostile("sheet that declares entities", workbook(LAUGHS + SHEET.format("")), "declares entities"),
    Hostile("sheet outside its archive", workbook(SHEET.format(""), "../../../../etc/passwd"), "damaged"),
    Hostile(
        "sheet with a far cell",
        workbook(
            SHEET.format(inline(("account_id", "time"), ("ana", "2024-05-01")) + "<row><c r='ZZZ1'><v>1</v></c></row>")
        ),
        "1 a cell beyond the last column",
    ),
    Hostile(
        "sheet with a formula",
        workbook(
            SHEET.format(
                inline(("account_id", "time", "text"))
                + inline(("ana", "2024-05-01")).replace("</row>", "<c t='str'><f>WEBSERVICE(1)</f><v>=1</v></c></row>")
            )
        ),
        "1 posts",
    ),
    Hostile(
        "sheet with a huge number",
        workbook(
            SHEET.format(
                inline(("account_id", "time")) + "<row><c><v>" + "9" * 5000 + "</v></c><c><v>1714557600</v></c></row>"
            )
        ),
        "1 posts",
    ),
    Hostile("sheet that is torn", workbook("<worksheet><sheetData><row><c><v>1</v>"), "is no XML"),
    Hostile(
        "JSON 10,000 deep",
        lines("[" * 10_000 + "]" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000),
        "2 JSON nested too deeply",
    ),
    Hostile("one JSON document 10,000 deep", text("{\n" + '"a": {\n' * 10_000 + "}" * 10_001), "nested too deeply"),
    Hostile("a million columns", million_columns, "1,000,002 columns"),
    Hostile("a cell of 100 MB", big_cell, "1 posts"),
    Hostile("a JSON string of 100 MB", big_json_string, "1 a line longer than"),
    Hostile(
        "quotes that never close",
        text(HEADER + (ROW + 'ben,2024-05-01,"open\n') * 5_000),
        "a quote that is never closed",
    ),
    Hostile("a quote in every cell", text(HEADER + 'a"b,"c"d,""e"\n' * 5_000 + ROW), "1 posts"),
    Hostile("NUL everywhere", text(HEADER + ROW + "b\0en,2024-05-01T10:00:00Z,a\0b\n"), "2 posts"),
    Hostile("half surrogates", lines('{"account_id": "b\\ud800", "time": 1714557600, "text": "\\udfff"}'), "2 posts"),
    Hostile("CR only", text(HEADER.replace("\n", "\r") + ROW.replace("\n", "\r") * 3), "3 posts"),
    Hostile("keys twice", lines('{"account_id": "ana", "account_id": "ben", "time": 1714557600}'), "2 posts"),
    Hostile(
        "NaN and infinity",
        lines('{"account_id": "ben", "time": NaN}', '{"account_id": "ben", "time": Infinity}'),
        "1 a time after 2100",
    ),
    Hostile(
        "numbers without end",
        lines('{"account_id": "ben", "time": ' + "9" * 5_000 + "}", '{"account_id": 1e999, "time": 1}'),
        "1 posts",
    ),
    Hostile(
        "bidi and invisible letters",
        text(HEADER + "\u202eana\u2066,2024-05-01T10:00:00Z,\u200bL\u202eook\u2069\n"),
        "1 posts",
    ),
    Hostile(
        "formulas in cells", text(HEADER + "=HYPERLINK(1),2024-05-01T10:00:00Z,\"=cmd|' /C calc'!A0\"\n"), "1 posts"
    ),
    Hostile("scripts in cells", text(HEADER + f"{SCRIPT},2024-05-01T10:00:00Z,{SCRIPT}\n"), "1 posts"),
    Hostile("torn lines", lines('{"account_id": "ben", "ti', 'me": 1714557600}'), "2 a line that is not JSON"),
    Hostile("truncated gzip", cut(gzip.compress), "damaged or breaks off"),
    Hostile("truncated bzip2", cut(bz2.compress), "damaged or breaks off"),
    Hostile(
        "truncated zst", cut(lambda content: zstandard.ZstdCompressor().compress(content)), "damaged or breaks off"
    ),
    Hostile("truncated zip", cut(lambda content: zip_of_zip()), "damaged or breaks off"),
    Hostile(
        "gzip with a wrong sum",
        raw(lambda: gzip.compress((HEADER + ROW).encode())[:-8] + b"\0" * 8),
        "damaged or breaks off",
    ),
    Hostile("gzip of 100,000 empty members", raw(lambda: gzip.compress(b"") * 100_000), "there is nothing inside"),
    Hostile("sheet bomb", sheet_bomb, "unpacks to far more"),
    Hostile("sheet whose strings are a bomb", strings_bomb, "unpacks to far more"),
    Hostile("Parquet of 200 million equal rows", parquet("'x' as text from range(200000000)"), "unpacks to far more"),
    Hostile(
        "Parquet with a long text in every row",
        parquet("repeat('x', 4000000) as text from range(1000)"),
        "unpacks to far more",
    ),
    Hostile(
        "Parquet with a list of three million",
        parquet("list_resize([7::utinyint], 3000000, 7::utinyint) as urls"),
        "1 a list longer than",
    ),
    Hostile("truncated Parquet", cut_parquet, "damaged"),
    Hostile("a million keys in one object", million_keys, "2 posts"),
    Hostile("texts of a million signs", many_signs("text", "{}", 1_000_000), f"{len(SIGNS) + 1} posts"),
    Hostile("lists of half a million signs", many_signs("urls", "[{}]", 500_000), f"{len(SIGNS) + 1} posts"),
    Hostile("markup of 300,000 signs", markup_of_signs, f"{len(SIGNS)} posts"),
    Hostile("Parquet in name only", raw(lambda: b"PAR1" + os.urandom(2_000) + b"PAR1"), "damaged"),
    Hostile("a pipe", fifo, "not a file on disk"),
    Hostile("noise", raw(lambda: zlib.compress(b"x") + bytes(range(256)) * 500), ""),
    Hostile("a line without end", text("x" * 30_000_000), ""),
)
