"""What people say of a citation after they have looked at its words: yes, no, or unsure. Rows are added, never changed.

    {"citation": "c-2f5e61ab", "answer": "yes", "who": "ana", "when": "2026-05-14T09:00:00Z", "why": ""}

One answer for each person counts, the last. Until somebody has answered, everything made of a citation says
«unconfirmed».
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from groundswell.errors import UnreadableFile, WrongUse


class Answer(StrEnum):
    """What a person says of a citation."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Standing(StrEnum):
    """What a citation's answers come to."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed by a person"
    REJECTED = "rejected by a person"
    DISPUTED = "people disagree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One person's answer about one citation."""

    citation: str
    answer: Answer
    who: str
    when: str
    """ISO 8601 with a zone."""
    why: str = ""

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise WrongUse("A judgement needs the name of who made it.\n  Give it: `--by ana`.")
        try:
            zone = datetime.fromisoformat(self.when).tzinfo
        except ValueError:
            zone = None
        if zone is None:
            raise WrongUse(
                f"A judgement needs a time with its zone, but has {self.when!r}.\n  Such as 2026-05-14T09:00:00Z."
            )


def standings(judgements: Iterable[Judgement]) -> Mapping[str, Standing]:
    """What the answers come to, by citation; a citation without answers is missing and unconfirmed.

    «Unsure» confirms nothing and rejects nothing.
    """
    last: dict[tuple[str, str], Judgement] = {}
    for one in judgements:
        last[one.citation, one.who] = one
    answers: defaultdict[str, set[Answer]] = defaultdict(set)
    for (citation, _), one in last.items():
        answers[citation].add(one.answer)
    return {citation: _standing(given) for citation, given in sorted(answers.items())}


def _standing(given: set[Answer]) -> Standing:
    match (Answer.YES in given, Answer.NO in given):
        case (True, True):
            return Standing.DISPUTED
        case (True, False):
            return Standing.CONFIRMED
        case (False, True):
            return Standing.REJECTED
    return Standing.UNCONFIRMED


def read_judgements(file: Path) -> tuple[Judgement, ...]:
    """The rows of a file, in their order; a file that isn't there holds none."""
    if not file.is_file():
        return ()
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(Judgement(**{**row, "answer": Answer(row["answer"])}))
        except (ValueError, TypeError, KeyError, WrongUse) as error:
            raise UnreadableFile(
                file,
                f"line {number} is no judgement.",
                f"It reads {line[:80]!r}: {error}",
                "A line is a JSON object with citation, answer (yes, no, unsure), who, when and why.",
            ) from None
    return tuple(found)


def add_judgements(file: Path, added: Iterable[Judgement]) -> None:
    """Append rows and wait until they are on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        for one in added:
            out.write(json.dumps(asdict(one), ensure_ascii=False, sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())
