"""What went wrong with a file's ids, texts and times before it came here, in one verdict each.

    posts, notes and rows left out ──► ids · text · times, each whole, mended or damaged, with figures

A verdict counts; it repairs nothing. What was mended was mended by the reader, which said so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from groundswell.model.ledger import FileLedger
from groundswell.model.table import Columns
from groundswell.read.mojibake import MOJIBAKE_REPAIRED

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LEFT_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{2,5});")
ROUNDED = "rounded by a spreadsheet"
FINE_US = 1_000
"""Below this a grain says nothing of windows that anyone would use."""
CLOCKS = {
    "platform": "the platform's clock",
    "client": "a clock that the poster's software chose, which can be any",
    "collector": "the clock of the server that collected",
    "export-local": "the local time of whoever exported, in a zone that the file does not name",
}


class State(StrEnum):
    """How a file's ids, texts or times are."""

    WHOLE = "whole"
    MENDED = "mended"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One of three."""

    about: str
    """``ids``, ``text`` or ``times``."""
    state: State
    sentences: tuple[str, ...]
    counts: Mapping[str, int]
    """By a name that stays the same from version to version."""

    def as_json(self) -> dict[str, Any]:
        """The entry of ``inspect --json``."""
        return {"state": str(self.state), "sentences": list(self.sentences), **dict(sorted(self.counts.items()))}


class Looking:
    """Takes batches of posts and remembers what a verdict needs."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.counts: Counter[str] = Counter()
        self.clocks: Counter[str] = Counter()

    def posts(self, columns: Columns) -> None:
        """Look at a batch."""
        self.counts["posts"] += len(columns["time"])
        self.counts["fine_times"] += int(np.count_nonzero(columns["time"].astype(np.int64) % FINE_US))
        self.clocks.update(columns["time_source"].tolist())
        for text in columns["text"]:
            if text is None:
                continue
            self.counts["texts"] += 1
            self.counts["replaced_characters"] += text.count("\ufffd")
            self.counts["texts_with_replaced_characters"] += "\ufffd" in text
            if not text.isascii():
                self.counts["texts_with_invisible_characters"] += INVISIBLE.search(text) is not None
            if "&" in text:
                self.counts["texts_with_entities"] += LEFT_ENTITY.search(text) is not None


def verdicts(ledger: FileLedger, looked: Looking) -> tuple[Verdict, Verdict, Verdict]:
    """What the ledger and the posts say of ids, texts and times, in this order."""
    return _ids(ledger), _text(ledger, looked.counts), _times(ledger, looked)


def _ids(ledger: FileLedger) -> Verdict:
    lost = sum(one.rows for one in ledger.left_out if ROUNDED in one.reason and "id" in one.reason.split())
    found = _rows(ledger, "was taken from")
    stands_in = _rows(ledger, "stands in for it")
    unknown = _rows(ledger, "counts as unknown")
    made = _rows(ledger, "the post has no id")
    counts = {"lost": lost, "recovered": found, "stood_in": stands_in, "unknown": unknown, "made": made}
    of = f"in {ledger.rows:,} rows"
    sentences = []
    if found:
        sentences.append(f"{found:,} ids {of} had lost digits and were found whole in another column.")
    if stands_in:
        sentences.append(f"{stands_in:,} account ids {of} are names that stand in; they can't be joined by id.")
    if unknown:
        sentences.append(f"{unknown:,} ids {of} have lost digits that no column holds; they can't be joined.")
    if made:
        sentences.append(f"{made:,} posts {of} have no id; a post in two files can't be known for one.")
    if lost:
        sentences.append(f"{lost:,} of {ledger.rows:,} rows are left out, for whose they are can't be told.")
    if not ledger.posts and not sentences:
        return Verdict(about="ids", state=State.UNKNOWN, sentences=("There are no posts to judge by.",), counts=counts)
    state = State.DAMAGED if lost or unknown or stands_in else State.MENDED if found else State.WHOLE
    whole = ("No id shows a sign of damage.",)
    return Verdict(about="ids", state=state, sentences=tuple(sentences) or whole, counts=counts)


def _text(ledger: FileLedger, counts: Mapping[str, int]) -> Verdict:
    n = counts["texts"]
    kept = {name: counts[name] for name in ("texts", *TEXT_SENTENCES)}
    kept["replaced_characters"] = counts["replaced_characters"]
    kept["repaired"] = repaired = _rows(ledger, MOJIBAKE_REPAIRED)
    if not n:
        return Verdict(about="text", state=State.UNKNOWN, sentences=("The file tells no words.",), counts=kept)
    told = [f"{counts[name]:,} of {n:,} {sentence}" for name, sentence in TEXT_SENTENCES.items() if counts[name]]
    if repaired:
        told.append(f"{repaired:,} of {n:,} texts were UTF-8 read as Windows-1252, and were repaired.")
    damaged = counts["texts_with_replaced_characters"]
    return Verdict(
        about="text",
        state=State.DAMAGED if damaged else State.MENDED if repaired else State.WHOLE,
        sentences=tuple(told) or (f"No sign of damage in {n:,} texts.",),
        counts=kept,
    )


TEXT_SENTENCES = {
    "texts_with_replaced_characters": "texts hold \ufffd, where a program lost a character.",
    "texts_with_invisible_characters": "texts hold invisible characters; they are kept, and ignored where texts are"
    " compared.",
    "texts_with_entities": "texts hold HTML entities such as &amp;, which are read as they stand.",
}


def _times(ledger: FileLedger, looked: Looking) -> Verdict:
    n = looked.counts["posts"]
    bad = sum(one.rows for one in ledger.left_out if "time" in one.reason.split())
    assumed = _rows(ledger, "names no zone")
    counts = {"left_out": bad, "zone_assumed": assumed, **{f"clock_{name}": k for name, k in looked.clocks.items()}}
    if not n:
        return Verdict(
            about="times", state=State.UNKNOWN, sentences=("There are no posts to judge by.",), counts=counts
        )
    told = [f"{k:,} of {n:,} times are on {CLOCKS.get(name, name)}." for name, k in sorted(looked.clocks.items())]
    if assumed:
        told.append(f"{assumed:,} of {ledger.rows:,} rows name no zone and were taken as UTC.")
    if looked.counts["fine_times"]:
        told.append("Times are told finer than a thousandth of a second.")
    elif ledger.precision_s is not None and ledger.precision_s * 1e6 < FINE_US:
        told.append("There are too few times to tell how fine the clock is.")
    elif ledger.precision_s is not None:
        told.append(f"Times are whole multiples of {ledger.precision_s:g} s; a narrower window shows nothing.")
    if bad:
        told.append(f"{bad:,} of {ledger.rows:,} rows are left out for their time.")
    state = State.DAMAGED if bad or looked.clocks["export-local"] else State.WHOLE
    return Verdict(about="times", state=state, sentences=tuple(told), counts=counts)


def _rows(ledger: FileLedger, words: str) -> int:
    """How many rows the ledger's assumptions name with these words."""
    return sum(_count(sentence) for sentence in ledger.assumptions if words in sentence)


COUNTED = re.compile(r"In ([\d,]+) of [\d,]+ rows ")


def _count(sentence: str) -> int:
    found = COUNTED.match(sentence)
    return int(found[1].replace(",", "")) if found else 0


def as_words(found: Iterable[Verdict]) -> list[str]:
    """A line each, for a terminal."""
    return [f"{one.about:<8} {one.state}: {' '.join(one.sentences)}" for one in found]
