"""What is said of a file that no reader knows, and of columns that are not there."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from groundswell.errors import UnreadableFile, WrongUse
from groundswell.read.naming import NEEDED, likely
from groundswell.read.recognised import readers
from groundswell.read.survey import Survey

SHOWN_COLUMNS = 30
"""Column names that an error message lists."""


def require_our_names(columns: Mapping[str, str]) -> None:
    """Raise unless every column that was named is one of ours."""
    names = sorted({name for reader in readers() if reader.shape == "table" for name in reader.columns})
    for name in columns:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            raise WrongUse(
                f"`--column {name}={columns[name]}`: we have no column {name!r}.\n"
                f"  The first name is ours, the second the file's, as in `--column time=tweet_created`.\n"
                f"  Ours are, among others: account_id, time, post_id, text, urls, hashtags, is_repost, reply_to."
                + (f"\n  Did you mean {near[0]!r}?" if near else "")
            )


def unknown(survey: Survey, names: tuple[str, ...], *, is_json: bool = False) -> UnreadableFile:
    """No reader knows it: what it has, which format is nearest, and which columns could be named."""
    if len(names) == 1 and not is_json:
        return UnreadableFile(
            survey.path,
            "this is no table: no comma, tab, semicolon or bar parts its first line.",
            f"It begins: {names[0][:60]}",
            "Groundswell reads posts, in tables and JSON. For a list of names see `groundswell lookalikes --help`.",
        )
    shape = "lines" if is_json else "table"
    alike = [reader for reader in readers() if reader.shape == shape]
    nearest = max(alike, key=lambda reader: (len(set(reader.columns) & set(names)), reader.name == "posts-table"))
    shared = sorted(set(nearest.columns) & set(names))
    lacks = [name for name in NEEDED if name not in names]
    hints = [f"--column {ours}={near}" for ours in lacks if (near := likely(ours, names))]
    seen = f"The columns are: {listed(names)}."
    if len(shared) > 1:
        seen += f"\n  The nearest format is {nearest.name} ({nearest.title}); it shares {listed(shared)}."
    return UnreadableFile(
        survey.path,
        "no reader knows this format.",
        seen,
        "A table of posts needs an account and a time; say which columns hold them: "
        f"`{' '.join(hints) or '--column account_id=… --column time=…'}`.\n"
        "  Or let `groundswell inspect FILE --write-mapping map.toml` write down what it guesses.",
    )


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Names of columns in a message, few enough to read."""
    shown = ", ".join(name[:60] for name in names[:SHOWN_COLUMNS])
    return shown + (f" and {len(names) - SHOWN_COLUMNS} more" if len(names) > SHOWN_COLUMNS else "")
