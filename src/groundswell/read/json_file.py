"""Which format a JSON file is in, and its objects: one a line, or all in one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from groundswell.errors import UnreadableFile
from groundswell.read import json_lines
from groundswell.read.lines import SHOWN, capped_lines
from groundswell.read.naming import naming
from groundswell.read.reader import Broken, Record
from groundswell.read.recognised import Recognised, Tally, readers
from groundswell.read.survey import Limits, Survey, text_of
from groundswell.read.unknown import unknown

LOOKED_AT = 200
"""Records looked at to tell a JSON format; a stream may begin with other events than posts."""

ENOUGH_BYTES = 1 << 22
"""Bytes after which fewer records will do: a page of an API holds a hundred posts."""

OTHER_FORMAT = "JSON without the keys of this format"


def begins_like_json(survey: Survey) -> bool:
    """Whether the text begins with an object or a list."""
    encoding = "utf-8" if survey.encoding == "utf-8-sig" else survey.encoding
    return survey.first.decode(encoding, "replace").lstrip("\ufeff \t\r\n\0").startswith(("{", "["))


def recognise_json(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    """The reader that knows most of the first records."""
    whole = _is_one_document(survey, limits)

    def raw(tally: Tally) -> Iterator[Record | Broken]:
        parser = json_lines.Parser(limits.depth)
        with text_of(survey, limits) as (stream, meter):
            if whole:
                yield from parser.records(stream.read())
            else:
                for line in capped_lines(stream, limits.line):
                    if isinstance(line, Broken):
                        yield line
                    elif line and not line.isspace():
                        yield from parser.records(line)
                    tally.bytes_done, tally.n_keys_twice = meter.done, parser.n_twice
        tally.bytes_done, tally.n_keys_twice = survey.n_bytes, parser.n_twice

    tally = Tally()
    start: list[Record | Broken] = []
    for record in islice(raw(tally), LOOKED_AT):
        start.append(record)
        if tally.bytes_done > ENOUGH_BYTES and any(isinstance(one, dict) for one in start):
            break
    seen = [record for record in start if not isinstance(record, Broken)]
    keys = tuple(dict.fromkeys(key for record in seen for key in record))
    if not seen:
        reasons = sorted({record.reason for record in start if isinstance(record, Broken)})
        raise UnreadableFile(
            survey.path,
            "it begins like JSON, but nothing in it can be read as JSON objects.",
            f"Seen: {', '.join(reasons) or 'nothing'}.",
            "Was the download cut off? Posts are read from JSON objects, one a line or in one list.",
        )
    named = naming(columns, keys)
    sample = [named.applied(record) for record in seen]
    known = {reader.name: sum(map(reader.knows, sample)) for reader in readers()}
    best = max(readers(), key=lambda reader: (known[reader.name], reader.shape == "lines"))
    if not known[best.name]:
        raise unknown(survey, keys, is_json=True)

    def records(tally: Tally) -> Iterator[Record | Broken]:
        for record in raw(tally):
            if isinstance(record, Broken):
                yield record
            elif best.knows(ours := named.applied(record)):
                yield ours
            else:
                yield Broken(OTHER_FORMAT, ", ".join(record)[:SHOWN])

    notes = (*survey.notes, *named.notes)
    sure = _sure(known[best.name], len(start))
    return Recognised(reader=best, sure=sure, columns=keys, records=records, notes=notes)


def _sure(known: int, looked_at: int) -> str:
    """How many of the records looked at are in the format, in words."""
    if looked_at == 1:
        return "the first record has the keys of this format"
    has = "has" if known == 1 else "have"
    return f"{known:,} of the first {looked_at:,} records {has} the keys of this format"


def keys_in(survey: Survey, limits: Limits) -> tuple[str, ...]:
    """The keys of the first records, whether or not any reader knows them."""
    with text_of(survey, limits) as (stream, _):
        lines = list(islice(capped_lines(stream, limits.line), LOOKED_AT))
    parser = json_lines.Parser(limits.depth)
    found = (one for line in lines if isinstance(line, str) for one in parser.records(line))
    return tuple(dict.fromkeys(key for one in found if not isinstance(one, Broken) for key in one))


def _is_one_document(survey: Survey, limits: Limits) -> bool:
    """Whether the file is one JSON value over several lines rather than one a line."""
    with text_of(survey, limits) as (stream, _):
        every = capped_lines(stream, limits.line)
        lines = (line for line in every if isinstance(line, str) and not line.isspace())
        first, *more = list(islice(lines, 20)) or [""]
        if not more or any(isinstance(record, dict) for record in json_lines.Parser(limits.depth).records(first)):
            return False
        # A line that begins with a brace at its margin is an object of its own; inside a document it is indented.
        if first.startswith("{") and any(line.startswith("{") for line in more):
            return False
        return len(first) + sum(map(len, more)) + sum(map(len, lines)) < limits.document
