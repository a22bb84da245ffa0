"""A template for the data-protection annex of a study: what the program knows filled in, the rest left to a person.

It is a template and no legal advice. The articles are those of Regulation (EU) 2016/679 (GDPR) and, for access to
platform data, Article 40 of Regulation (EU) 2022/2065 (DSA).
"""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.dataset_card import NOT_STATED, of_a_person
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.redaction import inert
from groundswell.publish.scope import scope
from groundswell.publish.spelling import days

TO_FILL = "[to be filled in]"

MEASURES = (
    ("Minimisation", "Posts, times and what was repeated. No location, no device, no opinion or belief is derived."),
    ("Pseudonyms", "HMAC-SHA256 with a key that stays in the study; `--pseudonymise` puts them there at reading."),
    ("Access", "Files on the controller's own machine. The program sends nothing and opens no port of its own accord."),
    ("Deletion", "`groundswell purge` deletes by account, day or retention date, and searches for what is left."),
    ("Accuracy", "A ledger accounts for every row; `groundswell verify` computes every published number again."),
    ("Objection", "`groundswell dispute` enters a reply, runs again without disputed posts, and changes the status."),
    ("No decision about a person", "No score of a person exists in the program, and no decision is automated."),
)

QUESTIONS = (
    ("Why is the processing necessary, and would less data do?", "Art. 5(1)(c), 35(7)(b)"),
    ("Are special categories (Art. 9) to be expected in the posts, and on which ground are they processed?", "Art. 9"),
    ("Which risks arise for those whose posts are read, and for those who are named by mistake?", "Art. 35(7)(c)"),
    ("How are the persons informed, or why would that be impossible or a disproportionate effort?", "Art. 14"),
    ("Which research or journalistic exemptions of national law are relied upon?", "Art. 85, 89"),
    ("Under which access were platform data obtained, and what does it forbid?", "DSA Art. 40"),
    ("Who has access, who decides on publishing a name, and where is that written down?", "Art. 24, 30"),
)


def annex(material: Material) -> str:
    """The annex as Markdown."""
    return "\n".join(_lines(material)) + "\n"


def _lines(material: Material) -> Iterator[str]:
    edition = material.edition
    seen = scope(edition.engine)
    yield f"# Data-protection annex: {inert(edition.redaction.names(edition.title))}"
    yield ""
    yield "A template. It is no legal advice; whoever signs it has checked it."
    yield ""
    yield "## 1. Description of the processing (Art. 30, 35(7)(a))"
    yield ""
    yield "| | |"
    yield "|---|---|"
    for heading, said in of_a_person(material):
        yield f"| {heading} | {TO_FILL if said == NOT_STATED else said.replace('|', chr(92) + '|')} |"
    yield f"| Persons concerned | writers of {seen.n_posts:,} posts, {seen.n_accounts:,} accounts |"
    yield "| Categories of data | public posts, their times, profiles as files told them, what was repeated |"
    yield f"| Period, UTC | {days(seen.first, seen.last)} |"
    yield f"| Recipients | {TO_FILL} |"
    yield "| Transfers to third countries | none by the program; " + TO_FILL + " |"
    yield f"| Made-up data | {'yes' if edition.made_up else 'no'} |"
    shown = "own ids: a person decided so" if edition.parameters.show_handles else "pseudonyms"
    yield f"| Accounts in what is published | {shown} |"
    yield ""
    yield "## 2. Measures that the program takes (Art. 25, 32)"
    yield ""
    yield from (f"- **{name}.** {what}" for name, what in MEASURES)
    yield ""
    yield "## 3. For a person to answer"
    yield ""
    for question, article in QUESTIONS:
        yield f"- {question} ({article})"
        yield f"  {TO_FILL}"
    yield ""
    yield "## 4. What the results are and are not"
    yield ""
    yield from (f"- {line}" for line in caveats(edition).lines)
    yield ""
    yield f"Signed: {TO_FILL}    Day: {TO_FILL}"


EXPORT = Export(
    name="data-protection",
    title="a data-protection annex, as a template (Markdown)",
    suffix=".md",
    write=text_file(annex),
)
