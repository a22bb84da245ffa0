"""The command that deletes, and says what a search afterwards found."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted
from groundswell.cli.figures import print_json
from groundswell.cli.say import line
from groundswell.collect.wanted import read_account_list
from groundswell.errors import Failed, WrongUse
from groundswell.store.purging import Purge

SHOWN = 8
"""Digits that name a capture."""


def purge(
    study: Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")],
    *,
    accounts: Annotated[
        Path | None, typer.Option("--accounts", help="Delete posts by the accounts in this file, one a line.")
    ] = None,
    before: Annotated[
        str | None, typer.Option("--before", help="Delete posts before this day, such as 2024-05-01.")
    ] = None,
    retention: Annotated[bool, typer.Option("--retention", help="Delete what study.toml says is due.")] = False,
    pseudonymise: Annotated[
        Path | None,
        typer.Option("--pseudonymise", help="The key of a study that holds pseudonyms, to find accounts by."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Delete posts from a study, then search all of it for what is left of them.

    Example: groundswell purge gate.study --accounts requests.txt
    """
    if sum((accounts is not None, before is not None, retention)) != 1:
        raise WrongUse(
            "What to delete was not said, or said twice.\n  Name one of --accounts, --before and --retention."
        )
    done = pipeline.purge(
        pipeline.open_study(study),
        accounts=() if accounts is None else read_account_list(accounts),
        before=None if before is None else _day(before),
        retention=retention,
        pseudonymise=pseudonymise,
    )
    if done is None:
        sys.stdout.write("null\n" if as_json else "Nothing is due: the retention date lies ahead.\n")
        return
    if as_json:
        print_json(done.as_json())
    else:
        for sentence in summary(done):
            line(sentence)
    if done.left:
        raise Failed(
            f"Something of it is still in {len(done.left):,} of {done.searched_files:,} files of the study.\n"
            f"  They are: {', '.join(done.left[:10])}{' …' if len(done.left) > 10 else ''}.\n"
            + "".join(f"  {sentence}\n" for sentence in what_to_do(study, done))
            + "  Then purge again."
        )


def summary(done: Purge) -> list[str]:
    """What went, of how much, and what the search found."""
    lines = [
        f"{done.posts_removed:,} of {done.posts_before:,} posts deleted, and {done.profiles_removed:,} profiles,"
        f" from {len(done.files):,} files."
    ]
    if masked := sum(int(file["posts_masked"]) for file in done.files):
        lines.append(f"  {masked:,} posts by others named them; the names were masked.")
    if dropped := sum(file["raw_before"] is not None and file["raw_after"] is None for file in done.files):
        lines.append(
            f"  The raw bytes of {dropped:,} of these files were dropped: their rows can't be taken out singly."
        )
    if done.not_found:
        lines.append(f"  {done.not_found:,} of the {done.n_asked:,} accounts asked for are not in this study.")
    if done.stale_runs:
        lines.append(
            f"  {len(done.stale_runs):,} runs used these posts and lost their results: run `groundswell trace`."
        )
    lines.append(
        f"  Searched again: {done.searched_files:,} files, {done.searched_bytes:,} bytes;"
        f" found in {len(done.left):,} of them. Record: purges/{done.purge_id}.json"
    )
    if done.unread:
        lines.append(
            f"  {counted(len(done.unread), 'file', 'files')} could not be read again to look for copies:"
            f" {', '.join(done.unread[:10])}. What was listed of them when they were read is gone."
        )
    if done.outside:
        lines.append(f"  Not touched, because published: {', '.join(done.outside)} beside the study.")
    return lines


def what_to_do(study: Path, done: Purge) -> list[str]:
    """How to remove what the search found: captures by their own command, what people said by deciding so."""
    captures = sorted({path.split("/")[2][:SHOWN] for path in done.left if path.startswith("evidence/captures/")})
    advice = [f"`groundswell evidence delete {study} {one} --why 'asked for by its author'`" for one in captures[:10]]
    if len(captures) > 10:
        advice.append(f"{len(captures) - 10:,} more captures hold it: `groundswell evidence list {study}`.")
    if disputes := done.people.get("disputes"):
        advice.append(
            f"{counted(len(disputes), 'dispute names', 'disputes name')} them; `groundswell dispute {study} --list`"
            " shows which. A reply is its author's, so ask before it goes: taking it back with --undo keeps its words."
        )
    if done.people:
        told = "; ".join(
            f"delete from {table} where rowid in ({', '.join(map(str, rows))})" for table, rows in done.people.items()
        )
        advice.append(f'By hand, once it is decided: `sqlite3 people.sqlite "pragma secure_delete = on; {told}"`.')
    if any(path.startswith("claims/") for path in done.left):
        advice.append(
            "Articles of the claims quote them. An article is somebody else's: if it is to go, delete its file in"
            f" claims/raw, take its line out of claims/documents.json and run `groundswell claims {study}` again."
        )
    if any(path != "people.sqlite" and not path.startswith(("evidence/captures/", "claims/")) for path in done.left):
        advice.append("Remove by hand what stands in the other files.")
    return advice


def _day(written: str) -> datetime:
    try:
        day = datetime.fromisoformat(written)
    except ValueError:
        raise WrongUse(f"--before {written!r} is no day.\n  Write it as 2024-05-01; the day begins in UTC.") from None
    return day if day.tzinfo else day.replace(tzinfo=UTC)
