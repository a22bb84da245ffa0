"""A mapping file for a table that nobody knows: its columns, and which of them are likely to hold what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from groundswell.read.naming import mapping_text
from groundswell.read.posts_table import POST_COLUMNS, PROFILE_COLUMNS
from groundswell.read.recognise import columns_in
from groundswell.read.survey import LIMITS, Limits, survey


def proposed_mapping(path: Path, columns: Mapping[str, str], limits: Limits = LIMITS) -> str:
    """The text of a mapping file, with what was given and what is likely.

    Raises what `read.survey.survey` raises.
    """
    names = columns_in(survey(path, limits), limits)
    return mapping_text(path.name, names, columns, (*POST_COLUMNS, *PROFILE_COLUMNS))
