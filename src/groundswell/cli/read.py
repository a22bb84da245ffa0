"""`groundswell read`: files into a study."""

from __future__ import annotations

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Column, Files, Json, Pseudonymise, StudyFolder
from groundswell.cli.reading import Limit, MappingFile, columns_of, limits_of


def read(
    study: StudyFolder,
    files: Files,
    *,
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    limit: Limit = [],  # noqa: B006
    pseudonymise: Pseudonymise = None,
    as_json: Json = False,
) -> None:
    """Read files into a study. A file that is in it already is not read twice.

    Example: groundswell read gate.study may.csv june.jsonl.gz
    """
    with Bar(quiet=as_json) as bar:
        place = pipeline.open_study(study)
        entries = pipeline.read(
            place,
            files,
            columns=columns_of(column, mapping),
            limits=limits_of(limit),
            pseudonymise=pseudonymise,
            progress=bar,
        )
    if as_json:
        print_json([entry.as_json() for entry in entries])
    else:
        say.ledger(entries)
