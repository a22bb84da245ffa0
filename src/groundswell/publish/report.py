"""The report: one file that opens from disk, fetches nothing, and says what may be printed.

    Edition ──► report.html      under 2 MB for a typical study

It shows and counts; it finds nothing. The sentences come from `groundswell.assess`, the numbers from the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from groundswell.assess.blind_spots import KIND as BLIND_SPOT
from groundswell.assess.sensitivity import power_sentences
from groundswell.assess.wording import counted, listed, percent, times
from groundswell.model.finding import Note, Verdict
from groundswell.model.ledger import FileLedger
from groundswell.model.power import Power
from groundswell.publish.campaign_section import campaign_section
from groundswell.publish.edition import Edition
from groundswell.publish.figures.ledger import ledger_bar, segments
from groundswell.publish.figures.power import power_curves
from groundswell.publish.group_section import group_section
from groundswell.publish.ledger_page import drawn_of, summary_row
from groundswell.publish.made_section import choices, command, names_note, windows_used
from groundswell.publish.page import CHIP, page, printed, verdict_words, with_denominator
from groundswell.publish.pointers import Pointers
from groundswell.publish.rhythm import rhythm
from groundswell.publish.scope import Scope, scope
from groundswell.publish.share_section import share_blocks, share_table
from groundswell.publish.spelling import count, days, lag
from groundswell.publish.timeline_section import timeline_section
from groundswell.traces.kinds import words

MOST_DRAWN = 8
"""Groups shown with drawings and three meetings; the others keep their claim, members and most surprising meeting."""
MOST_SHOWN = 40
MOST_NAMED = 200

UNCOLLECTED = (
    "How these files were collected is unknown: every share here is a share of what was read, never of a platform."
)

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def report_html(edition: Edition) -> str:
    """Write the report of an edition as one HTML page; equal editions give equal bytes."""
    return page("report.html", **report_content(edition))


def report_content(edition: Edition) -> dict[str, Any]:
    """Everything that ``report.html`` and its sections ask for, by name."""
    seen = scope(edition.engine)
    shown = edition.reported[:MOST_SHOWN]
    members = sorted({account for group in edition.reported for account in group.account_ids})
    places = _places(edition, members)
    pointers = Pointers(
        edition,
        (post for one in edition.assessment.findings for evidence in one.evidence for post in evidence.post_ids),
    )
    sections = [
        group_section(edition, group, pointers, places, seen.n_accounts, seen.n_posts, drawn=number < MOST_DRAWN)
        for number, group in enumerate(shown)
    ]
    said = edition.assessment
    drawn = drawn_of(edition.ledgers)

    def say(sentence: str) -> str:
        return printed(edition.redaction.names(sentence))

    # What could not have been found has a section of its own; said twice, it would crowd out what is not supported.
    blind = [note.sentence for note in said.notes if note.kind == BLIND_SPOT]
    over_time = rhythm(edition.engine, members)
    return {
        "version": edition.version,
        "run_id": edition.run_id,
        "made_up": edition.made_up,
        "title": edition.title,
        "scope_counts": _scope_counts(seen),
        "dates": days(seen.first, seen.last),
        "clock": f"to {lag(edition.precision_s)}" if edition.precision_s >= 1 else "finer than 1 s",
        "n_posts": count(seen.n_posts),
        "headline": with_denominator(say(said.headline)),
        "hedge": say(said.hedge),
        "chips": _chips(edition),
        "verdicts": [(verdict_words(verdict), verdict is said.verdict) for verdict in Verdict],
        "supported": [say(sentence) for sentence in said.supported],
        "not_supported": [say(sentence) for sentence in said.not_supported if sentence not in blind],
        "shares": share_blocks(edition),
        "campaign": campaign_section(edition),
        "share_rows": share_table(edition),
        "timeline": timeline_section(over_time, seen, len(members)) if over_time else None,
        "groups": sections,
        "has_personas": edition.personas is not None,
        "groups_heading": _groups_heading(len(edition.reported)),
        "group_rows": _group_rows(edition),
        "trace_rows": [
            (words(kind).many, count(n), count(objects), count(accounts)) for kind, n, objects, accounts in seen.traces
        ],
        "scan_windows": listed([lag(window) for window in windows_used(edition)]),
        "notes": [_note(edition, note) for note in said.notes if note.kind != BLIND_SPOT],
        "blind": [*map(say, blind), UNCOLLECTED],
        "power": _power(edition.power) if edition.power and edition.power.planted else None,
        "ledger": [_file(one) for one in drawn],
        "rest": _rest(edition.ledgers, drawn) if len(drawn) < len(edition.ledgers) else None,
        "command": command(edition),
        "choices": choices(edition),
        "names_note": names_note(edition),
        "names_short": "Ids as in the files: a person decided to show them."
        if edition.parameters.show_handles
        else "Pseudonyms; the key stays in the study.",
    }


def _places(edition: Edition, members: list[str]) -> dict[str, int]:
    """Each member's place in the field: accounts stand in the order of their pseudonyms, which means nothing."""
    return {account: place for account, place in edition.redaction.places().items() if account in set(members)}


def _scope_counts(seen: Scope) -> list[tuple[str, str]]:
    said = [
        (count(seen.n_posts), "post" if seen.n_posts == 1 else "posts"),
        (count(seen.n_accounts), "account" if seen.n_accounts == 1 else "accounts"),
    ]
    match list(seen.platforms):
        case [] | ["made-up"]:
            return said
        case ["unknown"]:
            return [*said, ("platform", "unknown")]
        case [one]:
            return [*said, (one, "")]
        case _:
            return [*said, (count(len(seen.platforms)), f"platforms: {', '.join(seen.platforms)}")]


def _chips(edition: Edition) -> list[tuple[str, str]]:
    verdict = edition.assessment.verdict
    chips = [(CHIP[verdict], verdict_words(verdict))]
    if edition.parameters.show_handles:
        chips.append(("person", "Names are shown: a person decided so"))
    return chips


def _groups_heading(n: int) -> str:
    number = NUMBERS[n] if n < len(NUMBERS) else count(n)
    said = f"{number} {'group' if n == 1 else 'groups'} acted together more than chance allows"
    return said if n <= MOST_SHOWN else f"{said}; the first {MOST_SHOWN} are shown here, all are in groups.json"


def _group_rows(edition: Edition) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for group in edition.reported:
        finding = edition.finding(group)
        rows.append(
            (
                group.group_id,
                count(group.size),
                ", ".join(words(kind).many for kind in group.kinds),
                count(group.strongest.n_occasions),
                times(group.strongest.times_told).removesuffix(" times"),
                verdict_words(finding.verdict) if finding else "Not assessed",
            )
        )
    return rows


def _note(edition: Edition, note: Note) -> dict[str, str]:
    account_ids = note.account_ids
    named = ", ".join(sorted(edition.redaction.account(account) for account in account_ids)[:MOST_NAMED])
    more = len(account_ids) - MOST_NAMED
    return {
        "sentence": printed(edition.redaction.names(note.sentence)),
        "n_accounts": counted(len(account_ids), "account", "accounts"),
        "accounts": named + (f" and {more:,} more" if more > 0 else ""),
    }


def _power(power: Power) -> dict[str, Any]:
    sentences = [printed(sentence) for sentence in power_sentences(power)]
    n = sum(planted.n for planted in power.planted)
    return {
        "sentences": sentences,
        "drawing": power_curves(power, "Part of the planted campaigns that were reported, by size. " + sentences[0]),
        "caption": Markup(
            "<b>Dot:</b> part of the planted campaigns that were reported. <b>Upright line:</b> its 95&nbsp;% interval."
            " <b>Planted:</b> {} in {} of the data’s {}, played by {} that stand in no group; seed {}."
        ).format(
            counted(n, "campaign", "campaigns"),
            counted(power.n_copies, "copy", "copies"),
            words(power.kind).many,
            counted(power.n_accounts, "account", "accounts"),
            power.seed,
        ),
        "head": [
            ("Accounts", 1),
            (f"Same {words(power.kind).many}", 1),
            ("Within", 1),
            ("Taking part", 1),
            ("Planted", 1),
            ("Reported", 1),
            ("Rate", 1),
            ("95 % interval", 1),
        ],
        "rows": [
            (
                str(planted.design.size),
                str(planted.design.n_objects),
                lag(planted.design.pace_s),
                percent(planted.design.turnout),
                count(planted.n),
                count(planted.n_found),
                percent(planted.rate),
                f"{percent(planted.low)} to {percent(planted.high)}",
            )
            for planted in power.planted
        ],
    }


def _file(ledger: FileLedger) -> dict[str, Any]:
    rows = [("kept as posts", count(ledger.posts), "")]
    rows += [(f"other records: {kind}", count(n), "") for kind, n in sorted(ledger.other_records.items())]
    rows += [
        (f"left out: {entry.reason}", count(entry.rows), ", ".join(f"{row:,}" for row in entry.first_rows))
        for entry in ledger.left_out
    ]
    rows_of = counted(ledger.rows, "row", "rows")
    span = f", {days(ledger.first_time, ledger.last_time)}" if ledger.first_time else ""
    return {
        "name": ledger.path,
        "about": f"{ledger.title}, {rows_of}, {counted(ledger.n_accounts, 'account', 'accounts')}{span}",
        "drawing": ledger_bar(ledger),
        "parts": [(what, kind, count(n)) for what, kind, n in segments(ledger)],
        "assumptions": " ".join(ledger.assumptions),
        "rows": rows,
        "n_rows": count(ledger.rows),
        "size": f"{ledger.n_bytes:,} bytes",
        "sha256": ledger.sha256,
    }


def _rest(files: Sequence[FileLedger], drawn: Sequence[FileLedger]) -> dict[str, Any]:
    """The rows of the files that are not drawn, and of all."""
    named = {one.sha256 for one in drawn}
    others = [one for one in files if one.sha256 not in named]
    return {
        "n_drawn": count(len(drawn)),
        "n_files": count(len(files)),
        "n_others": counted(len(others), "more file is", "more files are"),
        "rows": [
            summary_row(f"{counted(len(drawn), 'file', 'files')} drawn above", drawn),
            summary_row(f"{counted(len(others), 'file', 'files')} not drawn", others),
        ],
        "foot": summary_row("All files", files),
    }
