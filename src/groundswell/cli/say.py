"""What a finished command says to a person: short, with denominators, and where to look next."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from groundswell.assess.wording import counted, duration, percent
from groundswell.model.finding import Assessment, Campaign, Finding, Weight
from groundswell.model.group import Group, Outcome
from groundswell.model.ledger import FileLedger
from groundswell.read.doctor import as_words
from groundswell.read.inspect import Inspection, said
from groundswell.traces.kinds import words

if TYPE_CHECKING:
    from groundswell.assess.explanation import Explanation
    from groundswell.pipeline import Summary
    from groundswell.simulate.scenario import Scenario

WIDTH = 100


def line(text: str = "") -> None:
    """Write one line to the output."""
    sys.stdout.write(text + "\n")


def summary(done: Summary) -> None:
    """The ledger in a line a file, the headline, each finding with its reasons, and the pages."""
    ledger(done.ledgers)
    line()
    assessment(done.assessment)
    line()
    line(f"report   {done.folder / 'report.html'}")
    line(f"tables   {done.folder}: groups, links and meetings as Parquet, accounts and edges as CSV, GEXF, GraphML")
    if done.assessment.findings:
        account = done.assessment.findings[0].account_ids[0]
        line(f"why?     groundswell explain {done.folder} {account}")


def ledger(entries: Sequence[FileLedger]) -> None:
    """Where the rows of each file went."""
    for entry in entries:
        parts = [f"{counted(entry.posts, 'post', 'posts')} by {counted(entry.n_accounts, 'account', 'accounts')}"]
        parts += [f"{n:,} {kind}" for kind, n in sorted(entry.other_records.items())]
        line(f"{printable(entry.path)}: {entry.title}")
        line(f"  {entry.rows:,} rows = {' + '.join(parts)} + {entry.n_left_out:,} left out")
        for one in entry.left_out:
            rows = ", ".join(f"{row:,}" for row in one.first_rows)
            more = " …" if one.rows > len(one.first_rows) else ""
            first = f" ({'row' if one.rows == 1 else 'rows'} {rows}{more})" if rows else ""
            line(f"    left out {one.rows:,} of {entry.rows:,} ({percent(one.rows / entry.rows)}): {one.reason}{first}")
        for sentence in entry.assumptions:
            line(f"    assumed: {printable(sentence)}")


def traces(counts: Mapping[str, int]) -> None:
    """How often each kind of object was repeated or posted."""
    for kind, n in counts.items():
        line(f"{kind:<18} {n:>12,} traces of {words(kind).many}")


def groups(found: Sequence[Group]) -> None:
    """Reported groups, then the notes."""
    reported = [group for group in found if group.outcome is Outcome.REPORTED]
    line(f"{len(reported)} groups beat chance; {len(found) - len(reported)} more were set aside.")
    for group in found:
        layer = group.strongest
        met = f"{layer.n_occasions:>4} {words(layer.kind).many} on {layer.n_days} days within {layer.window_s:g} s"
        digits = f"{layer.evidence:.1f} digits of evidence"
        line(f"  {group.group_id:<4} {group.size:>4} accounts  {met}  {digits}  {group.outcome}")


def assessment(weighed: Assessment) -> None:
    """The headline, what it does not say, and each finding with its reasons."""
    line(weighed.headline)
    line(weighed.hedge)
    for found in weighed.findings:
        finding(found)
    for note in weighed.notes:
        line(f"  note      {note.sentence}")
    if weighed.campaign:
        campaign(weighed.campaign)


def campaign(asked: Campaign) -> None:
    """How much of the campaign they are, its course, its place, and what would change it."""
    line()
    line(f"Campaign: {asked.sentence}")
    if of := asked.measured:
        ranks = of.ranks
        line(f"  course    {of.phases_sentence}")
        line(f"  lead      {of.lead_lag.role}. {of.lead_lag.sentence}")
        line(f"  reach     {of.reach.sentence}")
        for way, place in ranks.with_them.items():
            without = f", without them {ranks.without_them[way]:,}" if asked.share_by_group else ""
            line(f"  rank      by {way} {place:,} of {ranks.n_tags:,} hashtags{without}")
        if ranks.unknown:
            line(f"  rank      {ranks.unknown}")
        line(f"  compared  {of.comparisons_sentence}")
        line(f"  missing   {of.volumes.basis}")
        for change in of.would_change:
            line(f"  changes   {change.if_}, {change.then}")
    line(f"  so        {asked.verdict}")


def finding(found: Finding) -> None:
    """One group: the claim, what speaks for and against, what else it could be."""
    line()
    line(f"Group {found.group_id}: {found.claim}")
    for evidence in found.evidence:
        line(f"  {evidence.side!s:<9} {evidence.sentence}")
    for other in found.alternatives:
        if other.weight is not Weight.CANNOT_TELL:
            line(f"  innocent  {other.name}: {other.weight}. {other.reason}")
    unknown = [other.name for other in found.alternatives if other.weight is Weight.CANNOT_TELL]
    if unknown:
        line(f"  innocent  cannot tell from these data: {'; '.join(unknown)}.")
    line(f"  so        {found.verdict}")


def scenarios(known: Sequence[Scenario]) -> None:
    """The made-up worlds there are."""
    for one in known:
        line(f"{one.name:<16} {one.title}")


def demo(summaries: Sequence[Summary], page: Path) -> None:
    """One line a set, and the first page."""
    for done in summaries:
        line(f"{done.run['name']} (made up)")
        line(f"  {done.assessment.headline}")
        line(f"  verdict: {done.assessment.verdict}")
    line()
    line(f"pages    {page}")


def inspection(seen: Inspection, columns: Mapping[str, str] | None = None) -> None:
    """What the file is, what reading it would give, and its first rows."""
    ours = {theirs: name for name, theirs in (columns or {}).items()}
    named = [f"{name} (is {ours[name]})" if name in ours else name for name in seen.columns]
    line(f"{printable(seen.ledger.path)} looks like {seen.ledger.title}. {printable(seen.sure)}.")
    line(f"columns: {printable(', '.join(named))}")
    if seen.ledger.first_time:
        line(f"times:   {seen.ledger.first_time} to {seen.ledger.last_time}, {_clock(seen.ledger.precision_s)}")
    line()
    ledger([seen.ledger])
    shown = [
        (row, one.reason, example)
        for one in seen.ledger.left_out
        for row, example in zip(one.first_rows, one.examples, strict=False)
        if example.strip()
    ]
    if shown:
        line()
        line("What stood in the first rows left out:")
    for row, reason, example in sorted(shown):
        line(f"  row {row:<8,} {reason}: {printable(' '.join(example.split()))[:60]}")
    line()
    for sentence in as_words(seen.verdicts):
        line(printable(sentence))
    if seen.preview:
        line()
        line(f"The first {len(seen.preview)} of {seen.ledger.posts:,} posts, as read:")
    for post in seen.preview:
        account = printable(str(post["account_id"]))[:40]
        line(f"  row {post['source_row']:<8,} {post['time']}  {account}  {printable(said(post))[:60]}")


def _clock(grain_s: float | None) -> str:
    """How fine the clock is, in words."""
    if grain_s is None:
        return "no clock"
    named = {1.0: "the second", 60.0: "the minute", 3_600.0: "the hour", 86_400.0: "the day"}
    return "finer than a second" if grain_s < 1 else f"to {named.get(grain_s) or duration(grain_s)}"


def printable(text: str) -> str:
    """Text that can't steer a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def explanation(found: Explanation) -> None:
    """Why an account is where it is: the sentences, then each meeting with its posts."""
    line(printable(found.headline))
    for answer in found.answers:
        line()
        line(f"Group {answer.group_id}")
        for sentence in answer.sentences:
            line(f"  {sentence}")
        line()
        hinges = set(answer.membership.hinges_on)
        for meeting in answer.membership.meetings:
            mark = "*" if meeting.post_id in hinges else " "
            line(
                f"  {mark} {meeting.time}  post {printable(meeting.post_id)}  {meeting.lag_s:+.0f} s to the nearest of"
                f" {len(meeting.account_ids)}  {printable(meeting.object_id)[:60]}"
            )
        if hinges:
            line("  * without these posts it drops out")
