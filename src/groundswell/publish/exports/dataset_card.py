"""A dataset card: what the files are, what became of every row, what they may be used for, and until when.

After Gebru et al. 2021, «Datasheets for Datasets», doi:10.1145/3458723. What only a person can know is taken from
study.toml, and where that is silent the card says «not stated», never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.assess.wording import counted
from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.redaction import inert
from groundswell.publish.scope import scope
from groundswell.publish.spelling import days
from groundswell.traces.kinds import words

NOT_STATED = "not stated"
ASKED = (
    ("purpose", "Purpose"),
    ("legal_basis", "Legal basis"),
    ("controller", "Controller"),
    ("retention", "Kept until"),
    ("retention_days", "Kept for days"),
    ("collection", "How it was collected"),
)
"""Key in study.toml and its heading."""


def card(material: Material) -> str:
    """The card as Markdown."""
    return "\n".join(_lines(material)) + "\n"


def of_a_person(material: Material) -> list[tuple[str, str]]:
    """What study.toml says, under headings; «not stated» where it says nothing."""
    return [(heading, inert(str(material.settings.get(key, NOT_STATED)))) for key, heading in ASKED]


def _lines(material: Material) -> Iterator[str]:
    edition = material.edition
    seen, caveat = scope(edition.engine), caveats(edition)
    yield f"# Dataset card: {inert(edition.redaction.names(edition.title))}"
    yield ""
    if caveat.made_up:
        yield f"**{caveat.made_up}**"
        yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| Posts | {seen.n_posts:,} |"
    yield f"| Accounts that wrote or shared | {seen.n_accounts:,} |"
    yield f"| Platforms | {', '.join(map(inert, seen.platforms)) or 'unknown'} |"
    yield f"| Days, UTC | {days(seen.first, seen.last)} |"
    yield f"| Clock | exact to {edition.precision_s:g} s |"
    for heading, said in of_a_person(material):
        yield f"| {heading} | {_cell(said)} |"
    yield f"| Made with | groundswell {edition.version}, run {edition.run_id} |"
    yield ""
    yield "## What became of every row"
    yield ""
    yield "| File | SHA-256 | Rows | Posts | Other records | Left out |"
    yield "|---|---|---:|---:|---:|---:|"
    for file in edition.ledgers:
        other = sum(file.other_records.values())
        name = _cell(inert(file.path))
        yield f"| {name} | `{file.sha256}` | {file.rows:,} | {file.posts:,} | {other:,} | {file.n_left_out:,} |"
    yield ""
    reasons = [
        f"- {_cell(inert(file.path))}: {counted(one.rows, 'row', 'rows')} of {file.rows:,} left out, {one.reason}."
        for file in edition.ledgers
        for one in file.left_out
    ]
    taken = [f"- Taken for granted: {one}" for file in edition.ledgers for one in file.assumptions]
    yield from dict.fromkeys([*reasons, *taken])
    if reasons or taken:
        yield ""
    if seen.traces:
        yield "## What was repeated"
        yield ""
        yield "| Kind | Times | Different objects | Accounts |"
        yield "|---|---:|---:|---:|"
        for kind, n, objects, accounts in seen.traces:
            yield f"| {words(kind).many} | {n:,} | {objects:,} | {accounts:,} |"
        yield ""
    yield "## What it may be used for"
    yield ""
    yield "- To check and dispute what was published of it: every figure can be computed again."
    yield "- To compare methods, with the caveats below in the same paragraph as the result."
    yield ""
    yield "Not for: lists of persons, judgements about a single account, or guesses at anyone's opinions or person."
    yield "Words posted in public can be found by searching for them, so pseudonyms hide no author of a quotation."
    yield ""
    yield "## Caveats"
    yield ""
    yield from (f"- {line}" for line in caveat.lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


EXPORT = Export(name="dataset-card", title="a dataset card (Markdown)", suffix=".md", write=text_file(card))
