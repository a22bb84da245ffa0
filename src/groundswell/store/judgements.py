"""What people said about a finding: yes, no or unsure, who, when and why. The last word of each person counts.

Judgement ──add──► people.sqlite ──► latest words of each person, in time
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from groundswell.errors import WrongUse
from groundswell.store.people import people
from groundswell.store.study import Study

JUDGEMENTS = """
create table if not exists judgements (
    id integer primary key, about text not null, answer text not null, who text not null, why text not null,
    run_id text not null, at text not null
)
"""

ANSWERS = ("yes", "no", "unsure", "withdrawn")
"""«Withdrawn» takes back what the same person said of the same thing; both rows stay."""

LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One person's word on one thing."""

    about: str
    """What it is about: ``group:B``, ``account:acct-7f3a``, ``pair:…``."""
    answer: str
    who: str
    why: str
    run_id: str
    at: str
    """UTC, ISO 8601, when it was given."""

    def as_json(self) -> dict[str, Any]:
        """The row, by name."""
        return asdict(self)


def add_judgement(
    study: Study, *, about: str, answer: str, who: str, why: str, run_id: str, at: datetime | None = None
) -> Judgement:
    """Keep a person's word.

    Raises
    ------
    WrongUse
        The answer is none of `ANSWERS`, or a part is missing or too long.
    """
    if answer not in ANSWERS:
        raise WrongUse(f"{answer!r} is no answer.\n  There are: {', '.join(ANSWERS)}.")
    said = {"about": about.strip(), "who": who.strip(), "why": why.strip()}
    for name, words in said.items():
        if not words and name != "why":
            raise WrongUse(f"A judgement without {name!r} says nothing.\n  Fill it in.")
        if len(words) > LONGEST:
            raise WrongUse(f"{name!r} has {len(words):,} characters; {LONGEST:,} fit.\n  Shorten it.")
    judgement = Judgement(
        **said, answer=answer, run_id=run_id, at=(at or datetime.now(UTC)).isoformat(timespec="seconds")
    )
    with people(study, JUDGEMENTS) as rows:
        rows.execute(
            "insert into judgements (about, answer, who, why, run_id, at)"
            " values (:about, :answer, :who, :why, :run_id, :at)",
            judgement.as_json(),
        )
    return judgement


def judgements(study: Study, about: str | None = None) -> tuple[Judgement, ...]:
    """Every word that was said, oldest first: about one thing, or about all."""
    if not (study.folder / "people.sqlite").is_file():
        return ()
    with people(study, JUDGEMENTS) as rows:
        found = rows.execute(
            "select about, answer, who, why, run_id, at from judgements where about = coalesce(?, about) order by id",
            (about,),
        )
        return tuple(Judgement(**dict(row)) for row in found)


def standing(said: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The last word of each person on each thing, without what was withdrawn; in time."""
    last: dict[tuple[str, str], Judgement] = {}
    for one in said:
        last.pop((one.about, one.who), None)
        last[one.about, one.who] = one
    return tuple(one for one in last.values() if one.answer != "withdrawn")
