"""What a list of accounts, or everybody, used in a stretch of time; and the lists themselves."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.group import Outcome
from groundswell.pipeline.run_record import VERSION, inputs_of, latest_folder, parameters_of
from groundswell.publish.redaction import Redaction
from groundswell.read.threat_indicators import indicators
from groundswell.store.run_folder import read_groups, read_json
from groundswell.store.study import Study
from groundswell.watch.audit import precision
from groundswell.watch.history import ItemHistory
from groundswell.watch.history import item_history as history_of
from groundswell.watch.lists import add_members, member, read_list
from groundswell.watch.log import Log, log_of, open_log, save_log
from groundswell.watch.placebo_nights import forget_nights, kept_nights
from groundswell.watch.published import members_of_indicators
from groundswell.watch.scope import Scope
from groundswell.watch.span import DEFAULT_HOURS, Span, span_of
from groundswell.watch.uses import define_uses
from groundswell.watch.watch import Watched
from groundswell.watch.watch import watch as look

LAYOUT = 2
"""Goes up when the stored log looks different."""
MARK = "made_of.json"
ROLLING = threading.Lock()
"""Two people who look at the same time wait for one count."""

ACCOUNTS_NAMED = """
with seen as (select distinct account_id from posts),
     told as (select account_id, min(handle) as handle, min(name) as name from accounts group by account_id)
select account_id, handle, name from seen left join told using (account_id)
union all
select account_id, handle, name from told anti join seen using (account_id)
order by account_id
"""


def roll_up(study: Study) -> Path:
    """Store what panels count, unless that was done since the last file was read; returns where it lies."""
    folder = study.folder / "watch"
    made_of = _text({"version": VERSION, "layout": LAYOUT, "inputs": inputs_of(study)})
    if not _is_made_of(folder, made_of):
        with ROLLING:
            if not _is_made_of(folder, made_of):
                _roll_up(study, folder, made_of)
    return folder


def forget_roll_up(study: Study) -> None:
    """Delete what was counted: posts that were taken out stand in it until the next look counts anew."""
    shutil.rmtree(study.folder / "watch", ignore_errors=True)
    forget_nights(study)


def _roll_up(study: Study, folder: Path, made_of: str) -> None:
    aside = folder.with_name(".watch.part")
    shutil.rmtree(aside, ignore_errors=True)
    with Duck() as engine:
        study.open_tables(engine)
        define_uses(engine)
        save_log(log_of(engine), aside)
    (aside / MARK).write_text(made_of, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    aside.replace(folder)


def _is_made_of(folder: Path, made_of: str) -> bool:
    try:
        return (folder / MARK).read_text(encoding="utf-8") == made_of
    except OSError:
        return False


def log_of_study(study: Study) -> Log:
    """What was used when in a study, mapped once for everybody who looks."""
    folder = roll_up(study)
    return _mapped(folder, (folder / MARK).stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _mapped(folder: Path, _made: int) -> Log:
    return open_log(folder)


def watch(
    study: Study,
    *,
    list_name: str | None = None,
    hours: float = DEFAULT_HOURS,
    at: str | None = None,
    top: int = 20,
    seed: int = 0,
    only: Sequence[str] = (),
) -> Watched:
    """Answer the panels for a list, or for everybody, at any moment.

    Parameters
    ----------
    list_name
        ``name`` or ``name:tier``; tiers are never pooled.
    at
        The end of the stretch, ISO 8601; the last post by default.
    """
    log = log_of_study(study)
    span = span_of(log.last, at=at, hours=hours)
    nights = kept_nights(study)
    if list_name is None:
        return look(log, span, nights=nights, top=top, seed=seed, only=only)
    name, _, _ = list_name.partition(":")
    members = on_list(study, list_name, span)
    return look(
        log,
        span,
        list_name=list_name,
        account_ids=members,
        precision=precision(study, name),
        nights=nights,
        top=top,
        seed=seed,
        only=only,
    )


def item_history(
    study: Study,
    kind: str,
    name: str,
    *,
    list_name: str | None = None,
    hours: float = DEFAULT_HOURS,
    at: str | None = None,
    days: int = 14,
) -> ItemHistory:
    """The rank of an item at each of so many days, who used it first, and how its users came.

    Parameters
    ----------
    kind
        ``hashtag``, ``url``, ``domain``, ``mention``, ``post`` or ``account``.
    name
        As a panel shows it, without a mark such as ``#``.

    Raises
    ------
    WrongUse
        Nobody used it, or nobody is on the list.
    """
    log = log_of_study(study)
    span = span_of(log.last, at=at, hours=hours)
    item = log.item_of(kind, name)
    if item is None:
        raise WrongUse(f"Nobody used the {kind} {name!r} in this study.\n  Write it as a panel shows it.")
    members = None if list_name is None else log.numbers_of(on_list(study, list_name, span))
    return history_of(Scope(log=log, span=span, members=members), kind, item, name, steps=days)


def redaction_of(study: Study) -> Redaction:
    """How accounts are called on pages: under pseudonyms, unless the latest run was asked to show them."""
    with Duck() as engine:
        study.open_tables(engine)
        folder = study.latest_run()
        shown = folder is not None and parameters_of(read_json(folder / "run.json", step="detect")).show_handles
        return Redaction(engine.rows(ACCOUNTS_NAMED), study.pseudonym_key, shown=shown)


def add_group(study: Study, name: str, group_id: str, *, who: str, added: datetime | None = None) -> int:
    """Put the members of a reported group of the latest run on a list: behaviour, with its run as the source."""
    folder = latest_folder(study)
    for group in read_groups(folder):
        if group.group_id == group_id and group.outcome is Outcome.REPORTED:
            with Duck() as engine:
                study.open_tables(engine)
                ((first, last),) = engine.rows(
                    "select min(time), max(time) from posts where account_id in (select unnest($ids))",
                    ids=list(group.account_ids),
                )
            reason = f"member of group {group_id}: acted together more than chance allows"
            rows = [
                member(
                    one,
                    reason=reason,
                    source=f"run {folder.name}",
                    who=who,
                    tier="found",
                    added=added,
                    since=first,
                    until=last,
                )
                for one in group.account_ids
            ]
            return add_members(study, name, rows)
    raise WrongUse(f"The latest run reports no group {group_id!r}.\n  Its page names the groups.")


def add_published(study: Study, name: str, file: Path, *, who: str) -> int:
    """Put the accounts of the study that a published file of indicators names on a list; how many they are."""
    listed = indicators(file)
    with Duck() as engine:
        study.open_tables(engine)
        accounts = [(account_id, handle) for account_id, handle, _ in engine.rows(ACCOUNTS_NAMED)]
        ((first, last),) = engine.rows("select min(time), max(time) from posts")
    rows = members_of_indicators(listed, accounts, source=file.name, who=who, since=first, until=last)
    if not rows:
        raise WrongUse(
            f"None of the {len(listed):,} indicators of {file.name!r} names an account that this study has collected.\n"
            "  Domains and links are looked for by `groundswell domains`."
        )
    return add_members(study, name, rows)


def on_list(study: Study, list_name: str, span: Span) -> list[str]:
    """Who is on a list, or on one tier of it, at the end of a stretch of time."""
    name, _, tier = list_name.partition(":")
    found = read_list(study, name).active(span.at, tier or None)
    if not found:
        raise WrongUse(
            f"Nobody is on the list {list_name!r} on {span.at:%Y-%m-%d}.\n"
            "  Members begin and expire by date; `groundswell list show` says when."
        )
    return sorted({one.account_id for one in found})


def _text(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
