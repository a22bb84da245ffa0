"""`groundswell history`: what became of accounts, from snapshots."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted, part
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.say import line, printable
from groundswell.errors import WrongUse

SHOWN = 40
"""Changes and handles that a person is shown; `--json` has all."""


def history(
    study: Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")],
    account: Annotated[str | None, typer.Argument(help="Account id, handle, or pseudonym from a report.")] = None,
    *,
    add: Annotated[
        Path | None, typer.Option("--add", help="Add snapshots first: a table, or JSON lines of a compliance job.")
    ] = None,
    seen_at: Annotated[
        str | None, typer.Option("--seen-at", help="When you looked, for rows that do not say, such as 2026-05-09.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Tell what became of accounts: names, profiles, who is no longer there, beside matched accounts.

    Example: groundswell history gate.study --add status.csv
    """
    opened = pipeline.open_study(study)
    when = None if seen_at is None else _time(seen_at)
    if add is None and when is not None:
        raise WrongUse("--seen-at tells when the file of --add was made, and no file was named.\n  Add `--add FILE`.")
    with Bar(quiet=as_json) as bar:
        if add is not None:
            kept = pipeline.add_snapshots(opened, add, seen_at=when)
            if not as_json:
                line(f"{printable(kept.file)}: {kept.snapshots:,} snapshots in {kept.rows:,} rows")
                for reason, n in kept.left_out.items():
                    line(f"  left out {n:,} of {kept.rows:,}: {reason}")
        found = pipeline.history(opened, account, progress=bar)
    if as_json:
        print_json(found)
    elif account is not None:
        _one(found)
    else:
        _all(found)


def _time(written: str) -> datetime:
    try:
        time = datetime.fromisoformat(written)
    except ValueError:
        raise WrongUse(f"--seen-at {written!r} is no time.\n  Write it as 2026-05-09 or 2026-05-09T14:00Z.") from None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _one(found: dict[str, Any]) -> None:
    line(f"{printable(found['account_id'])}: {counted(found['n_snapshots'], 'snapshot', 'snapshots')}")
    for one in found["snapshots"]:
        told = [one["status"], one["handle"] and f"@{one['handle'].lstrip('@')}", one["name"]]
        said = " · ".join(part for part in told if part)
        line(f"  {one['seen_at'][:19]}  {printable(said)}  ({printable(one['source'])})")
    for change in found["changes"]:
        line(_change(change))
    for handle, others in found["handles_also_borne_by"].items():
        line(f"  @{printable(handle)} was also borne by {', '.join(map(printable, others))}")
    if found["last_status"] is None:
        line("  Nobody looked whether it is still there: its status is not known.")
    line(found["note"])


def _all(found: dict[str, Any]) -> None:
    line(
        f"{found['n_snapshots']:,} snapshots of {counted(found['n_accounts'], 'account', 'accounts')};"
        f" {found['n_accounts_seen_twice']:,} were seen more than once."
    )
    for what, n in found["accounts_changed"].items():
        if n:
            twice = found["n_accounts_seen_twice"]
            line(f"  {what:<8} changed in {part(n, twice, 'account', 'accounts')} seen more than once")
    known = found["n_status_known"]
    for status, n in found["last_status"].items():
        line(f"  {part(n, known, 'account', 'accounts')} whose status was looked at: {status}")
    for change in found["changes"][:SHOWN]:
        line(_change(change, named=True))
    if len(found["changes"]) > SHOWN:
        line(f"  … {len(found['changes']) - SHOWN:,} more changes; --json has all")
    for one in found["many_accounts"][:SHOWN]:
        line(f"  @{printable(one['handle'])} was borne by {', '.join(map(printable, one['account_ids']))}")
    if found["groups"] is None:
        line("There is no run yet, so there are no groups to hold against matched accounts.")
    for group in found["groups"] or ():
        line()
        line(f"Group {group['group_id']}, {counted(group['n_accounts'], 'account', 'accounts')}")
        line(f"  {group['sentence']}")
        for batch in group["batches"]:
            line(
                f"  {batch['n']:,} of {group['n_created_known']:,} accounts of known age were made between"
                f" {batch['first'][:16]} and {batch['last'][:16]}; the pace of {group['n_baseline']:,} others leads one"
                f" to expect {batch['expected']:g}"
            )
        if not group["batches"]:
            line(
                f"  No day on which more were made than usual: {group['n_created_known']:,} of"
                f" {group['n_accounts']:,} ages known, {group['n_baseline']:,} others as the measure"
            )
    line()
    line(found["note"])


def _change(one: dict[str, Any], *, named: bool = False) -> str:
    who = f"{printable(one['account_id'])}  " if named else ""
    when = f"between {one['not_before'][:16]} and {one['not_after'][:16]}"
    return f"  {who}{one['what']}: {_short(one['before'])} → {_short(one['after'])}, {when}"


def _short(text: str) -> str:
    shown = printable(" ".join(text.split()))
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
