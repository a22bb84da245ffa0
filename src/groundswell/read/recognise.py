"""Which format a file is in, by its content and never by its name.

Survey ──recognise──► Recognised      the reader, how sure, the columns, and the records themselves

Tables are told apart in `read.table_file`, JSON in `read.json_file`; what is said of a file that is neither stands
in `read.unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from groundswell.errors import UnreadableFile
from groundswell.read.archive import shown
from groundswell.read.json_file import OTHER_FORMAT as OTHER_FORMAT
from groundswell.read.json_file import begins_like_json, keys_in, recognise_json
from groundswell.read.reader import Broken, Record
from groundswell.read.recognised import Recognised as Recognised
from groundswell.read.recognised import Tally as Tally
from groundswell.read.recognised import readers as readers
from groundswell.read.survey import LIMITS, Limits, Survey
from groundswell.read.table_file import names_in, recognise_delimited, recognise_parquet, recognise_sheet
from groundswell.read.unknown import require_our_names


def recognise(survey: Survey, columns: Mapping[str, str], limits: Limits = LIMITS) -> Recognised:
    """Find the reader that knows a file.

    Parameters
    ----------
    survey
        What `read.survey.survey` told of the file.
    columns
        Our name of a column to the file's own, such as ``{"time": "tweet_created"}``.
    limits
        For packed files.

    Raises
    ------
    UnreadableFile
        No reader knows it, or it has no rows.
    MissingColumns
        A column named in `columns` is not in the file.
    """
    require_our_names(columns)
    if survey.members:
        return _members(survey, columns, limits)
    if survey.is_parquet:
        return recognise_parquet(survey, columns, limits)
    if survey.packing == "xlsx":
        return recognise_sheet(survey, columns, limits)
    if begins_like_json(survey):
        return recognise_json(survey, columns, limits)
    return recognise_delimited(survey, columns, limits)


def columns_in(survey: Survey, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The columns or keys of a file, whether or not any reader knows it."""
    if survey.members:
        return columns_in(survey.members[0], limits)
    if not survey.is_parquet and survey.packing != "xlsx" and begins_like_json(survey):
        return keys_in(survey, limits)
    return names_in(survey, limits)


def _members(survey: Survey, columns: Mapping[str, str], limits: Limits) -> Recognised:
    """The files of an archive as one; all must be in one format."""
    each = [recognise(member, columns, limits) for member in survey.members]
    first = each[0]
    for member, one in zip(survey.members, each, strict=True):
        if one.reader.name != first.reader.name:
            raise UnreadableFile(
                survey.path,
                "the files in this archive are in different formats.",
                f"{shown(survey.members[0].member)} is {first.reader.title};"
                f" {shown(member.member)} is {one.reader.title}.",
                "Unpack it and name the files; several files are one data set.",
            )

    def records(tally: Tally) -> Iterator[Record | Broken]:
        for i, one in enumerate(each, 1):
            yield from one.records(tally)
            tally.bytes_done = survey.n_bytes * i // len(each)

    held = f"The archive holds {len(each)} files, which were read one after the other in the order of their names."
    notes = (held, *dict.fromkeys(note for one in each for note in one.notes))
    return replace(first, records=records, notes=notes, blocks=None)
