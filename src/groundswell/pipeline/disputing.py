"""Disputes: a reply is entered, the run is repeated without the disputed posts, and the status follows the finding.

    dispute.toml ──dispute──► a row in people.sqlite ──► report, exports, findings.json, corrections

Rows are only ever added. What was wrong is taken back by another row, and both stay.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from groundswell.assess.wording import check, counted, part
from groundswell.engine.duck import Duck
from groundswell.engine.meter import Meter
from groundswell.errors import WrongUse
from groundswell.model.dispute import Dispute, Standing, Status, standing
from groundswell.model.group import Group, Outcome
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.detecting import detect_into
from groundswell.pipeline.dispute_file import Written, read_dispute_file, written_from
from groundswell.pipeline.explaining import account_id_of
from groundswell.pipeline.run_record import MADE_BY, open_latest, parameters_of
from groundswell.publish.corrections import withdrawal_notice
from groundswell.store.disputes import add_dispute, disputes
from groundswell.store.run_folder import open_traces
from groundswell.store.segments import write_whole
from groundswell.store.study import Study

DOWNLOADS = "downloads.csv"
"""In the study folder: who registered a download, with the columns contact and run_id."""

NAMED = """
select post_id, source_file[:8] || ':' || source_row as place from posts
where post_id in (select unnest($written)) or source_file[:8] || ':' || source_row in (select unnest($written))
"""


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """A dispute that was entered, and how the findings that it touches stand now."""

    dispute: Dispute
    standings: tuple[tuple[str, Standing], ...]
    """(group, how it stands)."""
    notice: Path | None = None
    """The notice for those who registered a download; None where none is due."""
    recipients: int = 0

    def as_json(self) -> dict[str, Any]:
        """As `dispute --json` prints it."""
        return {
            "dispute": self.dispute.as_json(),
            "findings": {group: stands.as_json() for group, stands in self.standings},
            "notice": str(self.notice) if self.notice else None,
            "recipients": self.recipients,
        }


def dispute(
    study: Study,
    file: Path,
    *,
    finding: str | None = None,
    account: str | None = None,
    undo: str | None = None,
    progress: Progress = silent,
) -> Disputed:
    """Enter a dispute about a finding, or about an account's part in findings; or take one back.

    Where the file names posts, the groups are looked for again without them, and the result stands beside the
    original. Nothing of the run is changed.

    Parameters
    ----------
    file
        See `dispute_file` and docs/contest.md.
    finding, account, undo
        One of the three: a group's name, an account as `explain` takes it, or the id of a dispute.
    """
    if sum(one is not None for one in (finding, account, undo)) != 1:
        raise WrongUse("What is disputed was not said, or said twice.\n  Name one of --finding, --account and --undo.")
    return _enter(study, read_dispute_file(file), finding=finding, account=account, undo=undo, progress=progress)


def reply(study: Study, told: Mapping[str, str], *, finding: str | None = None, account: str | None = None) -> Disputed:
    """Enter what somebody wrote into a form: the finding, or the account's part in findings, is contested.

    Parameters
    ----------
    told
        ``who``, ``when``, ``why`` and perhaps ``context``, as in a dispute file.
    finding, account
        One of the two.
    """
    try:
        written = written_from({name: words for name, words in told.items() if words.strip()})
    except ValueError as error:
        raise WrongUse(f"This reply can't be entered: {error}.\n  Fill in your name and the reason.") from None
    return _enter(study, written, finding=finding, account=account, undo=None, progress=silent)


def _enter(
    study: Study,
    written: Written,
    *,
    finding: str | None,
    account: str | None,
    undo: str | None,
    progress: Progress,
) -> Disputed:
    known = disputes(study)
    with Duck() as engine:
        groups, record = open_latest(study, engine)
        reported = [group for group in groups if group.outcome is Outcome.REPORTED]
        about = _about(study, engine, reported, known, finding=finding, account=account, undo=undo)
        post_ids = _posts(engine, written.posts)
        entered = _row(written, about, post_ids, record["run_id"], undo)
        touched = _touched(reported, entered)
        if post_ids and undo is None:
            said = [_without(study, engine, group, post_ids, record, groups, progress) for group in touched]
            entered = replace(entered, without=" ".join(said))
    add_dispute(study, entered)
    standings = _standings(reported, (*known, entered), touched)
    notice, n = _notice(study, entered, [group.group_id for group in touched])
    return Disputed(dispute=entered, standings=standings, notice=notice, recipients=n)


def standings(study: Study) -> tuple[tuple[str, Standing], ...]:
    """How each finding of the latest run stands, by its name."""
    with Duck() as engine:
        groups, _ = open_latest(study, engine)
    reported = [group for group in groups if group.outcome is Outcome.REPORTED]
    return _standings(reported, disputes(study), reported)


def _standings(
    reported: Sequence[Group], rows: Sequence[Dispute], of: Sequence[Group]
) -> tuple[tuple[str, Standing], ...]:
    return tuple((group.group_id, standing(rows, group.group_id, group.account_ids)) for group in of)


def _about(
    study: Study,
    engine: Duck,
    reported: Sequence[Group],
    known: Sequence[Dispute],
    *,
    finding: str | None,
    account: str | None,
    undo: str | None,
) -> tuple[str | None, str | None]:
    """The group or the account that is meant."""
    if undo is not None:
        for one in known:
            if one.dispute_id == undo:
                return one.group_id, one.account_id
        listed = ", ".join(one.dispute_id for one in known) or "none"
        raise WrongUse(f"There is no dispute {undo!r} in this study.\n  There are: {listed}.")
    named = ", ".join(group.group_id for group in reported) or "none"
    if finding is not None:
        if finding not in {group.group_id for group in reported}:
            raise WrongUse(f"This run reports no finding {finding!r}.\n  It reports: {named}.")
        return finding, None
    account_id = account_id_of(study, engine, account or "")
    if not any(account_id in group.account_ids for group in reported):
        raise WrongUse(
            f"{account!r} is in no finding of this run, so there is nothing to dispute.\n"
            f"  It reports: {named}. `groundswell explain` says what was looked at."
        )
    return None, account_id


def _posts(engine: Duck, written: Sequence[str]) -> tuple[str, ...]:
    """The ids of the posts that the file names."""
    if not written:
        return ()
    found = engine.rows(NAMED, written=list(written))
    known = {name for row in found for name in row}
    if missing := [one for one in written if one not in known]:
        raise WrongUse(
            f"{part(len(missing), len(written), 'post', 'posts')} in the file not in this study: {missing[0]!r}.\n"
            "  Name a post by its id, or by file and row as the report does, such as 9be1a2b3:118."
        )
    return tuple(sorted({post for post, _ in found}))


def _row(
    written: Written, about: tuple[str | None, str | None], post_ids: tuple[str, ...], run_id: str, undo: str | None
) -> Dispute:
    group_id, account_id = about
    content = [written.who, written.when, written.why, written.context, post_ids, str(written.status), *about, undo]
    return Dispute(
        dispute_id=sha256(json.dumps([run_id, *content]).encode()).hexdigest()[:8],
        run_id=run_id,
        group_id=group_id,
        account_id=account_id,
        status=written.status,
        who=written.who,
        when=written.when,
        why=written.why,
        context=written.context,
        post_ids=post_ids,
        reverses=undo,
    )


def _touched(reported: Sequence[Group], entered: Dispute) -> list[Group]:
    return [
        group for group in reported if group.group_id == entered.group_id or entered.account_id in group.account_ids
    ]


def _without(
    study: Study,
    engine: Duck,
    group: Group,
    post_ids: Sequence[str],
    record: dict[str, Any],
    groups: Sequence[Group],
    progress: Progress,
) -> str:
    """What becomes of a group when the groups are looked for without some posts, as a sentence."""
    with tempfile.TemporaryDirectory(prefix="groundswell-without-") as folder:
        aside = Study.create(Path(folder) / "study", name=study.name, version=MADE_BY)
        shutil.copytree(study.folder / "ledger", aside.folder / "ledger")
        open_traces(engine, study.folder / "traces")
        engine.define(
            "traces_kept", "select * from traces where post_id not in (select unnest($gone))", gone=list(post_ids)
        )
        engine.define("traces", "select * from traces_kept")
        parameters = replace(parameters_of(record), power=0)
        again, _ = detect_into(aside, engine, parameters, Meter(), older=groups, progress=progress)
    members = frozenset(group.account_ids)
    kept = max(
        (len(members & set(one.account_ids)) for one in again if one.outcome is Outcome.REPORTED),
        default=0,
    )
    posts = counted(len(post_ids), "disputed post", "disputed posts")
    if kept >= 2:
        sentence = f"Without {posts} group {group.group_id} keeps {part(kept, group.size, 'member', 'members')}."
    else:
        sentence = (
            f"Without {posts} no group with two or more of the {group.size:,} members of group {group.group_id} is"
            " reported."
        )
    check(sentence)
    return sentence


def _notice(study: Study, entered: Dispute, groups: Sequence[str]) -> tuple[Path | None, int]:
    """Write the notice for those who registered a download of the run; nothing is sent."""
    if entered.reverses is not None or entered.status not in (Status.WITHDRAWN, Status.CORRECTED):
        return None, 0
    register = study.folder / DOWNLOADS
    if not register.is_file():
        return None, 0
    with register.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("contact")]
    contacts = sorted({row["contact"].strip() for row in rows if row.get("run_id") in (None, "", entered.run_id)})
    if not contacts:
        return None, 0
    place = study.folder / "notices" / f"{entered.dispute_id}.txt"
    write_whole(place, withdrawal_notice(study.name, entered, groups, contacts))
    return place, len(contacts)
