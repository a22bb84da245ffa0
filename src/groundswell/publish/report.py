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
from groundswell.model.finding import Note, Share, Verdict
from groundswell.model.ledger import FileLedger
from groundswell.model.power import Power
from groundswell.model.run import DEFAULT_POWER, SCAN_WINDOWS_S
from groundswell.publish.asked import campaign_asked
from groundswell.publish.campaign_section import campaign_section
from groundswell.publish.edition import Edition
from groundswell.publish.figures.ledger import ledger_bar, segments
from groundswell.publish.figures.power import power_curves
from groundswell.publish.figures.share import scale_of, share_strip
from groundswell.publish.figures.timeline import step_words, timeline, when
from groundswell.publish.group_section import group_section
from groundswell.publish.ledger_page import drawn_of, summary_row
from groundswell.publish.page import CHIP, page, printed, verdict_words, with_denominator
from groundswell.publish.pointers import Pointers
from groundswell.publish.rhythm import Rhythm, rhythm
from groundswell.publish.scope import Scope, scope
from groundswell.publish.spelling import count, days, lag
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
        "shares": _shares(edition),
        "campaign": campaign_section(edition),
        "share_rows": [_share_cells(share) for share in _all_shares(edition)],
        "timeline": _timeline(over_time, seen, len(members)) if over_time else None,
        "groups": sections,
        "has_personas": edition.personas is not None,
        "groups_heading": _groups_heading(len(edition.reported)),
        "group_rows": _group_rows(edition),
        "trace_rows": [
            (words(kind).many, count(n), count(objects), count(accounts)) for kind, n, objects, accounts in seen.traces
        ],
        "scan_windows": listed([lag(window) for window in _windows_used(edition)]),
        "notes": [_note(edition, note) for note in said.notes if note.kind != BLIND_SPOT],
        "blind": [*map(say, blind), UNCOLLECTED],
        "power": _power(edition.power) if edition.power and edition.power.planted else None,
        "ledger": [_file(one) for one in drawn],
        "rest": _rest(edition.ledgers, drawn) if len(drawn) < len(edition.ledgers) else None,
        "command": command(edition),
        "choices": _choices(edition),
        "names_note": _names_note(edition),
        "names_short": "Ids as in the files: a person decided to show them."
        if edition.parameters.show_handles
        else "Pseudonyms; the key stays in the study.",
    }


def command(edition: Edition) -> list[str]:
    """The command that makes the same tables again, part by part."""
    asked = edition.parameters
    parts = ["groundswell run", *(_quoted(ledger.path) for ledger in edition.ledgers), "-o out/"]
    parts += [f"--window {window.total_seconds():g}s" for window in asked.windows]
    parts += [f"--min-objects {asked.min_objects}", f"--fdr {asked.fdr:g}", f"--seed {asked.seed}"]
    if asked.power != DEFAULT_POWER:
        parts.append(f"--power {asked.power}")
    if campaign := campaign_asked(asked.campaign, edition.redaction):
        parts.append(f"--campaign {_quoted(campaign)}")
    if asked.cautious:
        parts.append("--cautious")
    parts += [f"--follows {_quoted(one.file)}" for one in edition.follow_lists]
    if asked.show_handles:
        parts.append("--show-handles")
    return parts


def _quoted(argument: str) -> str:
    plain = argument.replace("_", "").replace("-", "").replace(".", "").isalnum()
    return argument if plain else "'" + argument.replace("'", "'\\''") + "'"


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


def _all_shares(edition: Edition) -> tuple[Share, ...]:
    campaign = edition.assessment.campaign
    return (*(campaign.shares if campaign else ()), *edition.assessment.shares)


def _shares(edition: Edition) -> list[tuple[str, str, list[dict[str, Any]], str]]:
    """Blocks of (heading, sentence, rows, end of their tracks): the campaign first, then everything read."""
    blocks = []
    campaign = edition.assessment.campaign
    if campaign:
        heading = f"Of {edition.redaction.text(campaign.query, longest=120)}"
        sentence = printed(edition.redaction.names(campaign.sentence))
        blocks.append((heading, sentence, *_share_rows(campaign.shares)))
    if edition.assessment.shares:
        heading = "Of everything that was read" if campaign else ""
        blocks.append((heading, "", *_share_rows(edition.assessment.shares)))
    return blocks


def _share_rows(shares: tuple[Share, ...]) -> tuple[list[dict[str, Any]], str]:
    scale = scale_of(shares)
    rows = [
        {
            "of": f"Of {share.of}",
            "drawing": share_strip(share, scale),
            "percent": percent(share.share) if share.whole else "unknown",
            "words": _share_words(share),
        }
        for share in shares
    ]
    return rows, percent(scale)


def _share_words(share: Share) -> str:
    interval = f"({percent(share.low)} to {percent(share.high)}) " if share.high > share.low else ""
    return f"{interval}{count(share.count)} of {count(share.whole)}"


def _share_cells(share: Share) -> tuple[str, ...]:
    return (
        share.of,
        count(share.count),
        count(share.whole),
        percent(share.share) if share.whole else "unknown",
        f"{percent(share.low)} to {percent(share.high)}" if share.high > share.low else "counted, none",
        share.basis,
        percent(share.high_if_missing) if share.high_if_missing is not None else "unknown",
    )


def _timeline(over_time: Rhythm, seen: Scope, n_members: int) -> dict[str, Any]:
    peak = int(over_time.posts.argmax())
    at, most = when(over_time, peak), count(over_time.posts[peak])
    sentence = f"The most posts {step_words(over_time)}: {most}, {at} UTC."
    head = [("From, UTC", 0), ("Posts", 1), ("By members", 1)]
    steps = range(len(over_time.posts))
    rows = [
        [when(over_time, i), count(over_time.posts[i]), count(over_time.members[i])]
        for i in steps
        if over_time.posts[i]
    ]
    if over_time.low is not None and over_time.high is not None:
        low, high = over_time.low[peak], over_time.high[peak]
        usual = "the same hour of other days" if over_time.cycle == "day" else "the same hour of the week"
        sentence += f" At {usual} there were {count(low)} to {count(high)}."
        head += [("Usual, from", 1), ("to", 1)]
        band = [[count(over_time.low[i]), count(over_time.high[i])] for i in steps if over_time.posts[i]]
        rows = [[*row, *usual_of] for row, usual_of in zip(rows, band, strict=True)]
        grey = Markup("<b>Grey:</b> what {} brought, 10th to 90th percentile, the step itself left out.").format(usual)
    else:
        grey = Markup("<b>No grey band:</b> too few days or weeks repeat here to say what is usual at this step.")
    teal = (
        Markup(" <b>Teal:</b> posts of the {}, on a scale of their own.").format(
            counted(n_members, "member of a reported group", "members of reported groups")
        )
        if n_members
        else Markup("")
    )
    gaps = " An empty stretch may be silence or a gap in the collection; the files do not say."
    label = f"Posts over time, {count(seen.n_posts)} in all, {days(seen.first, seen.last)}. {sentence}"
    return {
        "sentence": sentence,
        "drawing": timeline(over_time, label),
        "caption": Markup("<b>Line:</b> all {} posts. ").format(count(seen.n_posts)) + grey + teal + gaps,
        "head": head,
        "rows": rows,
    }


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


def _windows_used(edition: Edition) -> list[float]:
    return [window for window in SCAN_WINDOWS_S if window not in edition.refused_windows_s]


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


def _choices(edition: Edition) -> list[tuple[str, str]]:
    asked = edition.parameters
    chosen = [
        (
            "Windows of the links table",
            listed([lag(window.total_seconds()) for window in asked.windows]) or "60 s, the default",
        ),
        ("Windows of the group search", listed([lag(window) for window in _windows_used(edition)])),
        ("Fewest objects of a link", str(asked.min_objects)),
        ("False discovery rate of links", f"{asked.fdr:g}"),
        ("Kinds of trace", listed([words(kind).many for kind in asked.kinds]) if asked.kinds else "all the data have"),
        ("Campaigns planted of each make", str(asked.power) if asked.power else "none"),
        ("Seed", str(asked.seed)),
        ("Version", f"groundswell {edition.version}"),
        ("Run", edition.run_id),
    ]
    if lists := [f"{one.file} ({counted(one.pairs, 'pair', 'pairs')})" for one in edition.follow_lists]:
        chosen.insert(6, ("Lists of who follows whom", listed(lists)))
    if campaign := campaign_asked(asked.campaign, edition.redaction):
        chosen.insert(0, ("Campaign", edition.redaction.text(campaign, longest=160)))
    return chosen


def _names_note(edition: Edition) -> str:
    if edition.parameters.show_handles:
        return (
            "Accounts stand here under their own ids and names, because this run was asked for them with"
            " --show-handles. Somebody answers for that decision."
        )
    return (
        "Accounts stand here under pseudonyms made with a key that stays in the study. Words that were posted in public"
        " can be found by searching for them, so a pseudonym does not hide the author of a quoted post."
    )
