"""The files and post ids read so far, so that no post counts twice, however many files it stands in.

The newest ids lie in a set; older ones, as numbers, in a sorted array of 8 bytes each. A set alone takes some 100
bytes an id, which is what a large study would run out of first.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from groundswell.read.versions import version_key

FEWEST = 1 << 17
"""Ids that lie in the set before any are moved."""

MASK = (1 << 64) - 1

LONGEST = 19
"""Digits from which on an id may be no number below 2^64."""


class Seen:
    """What was read before. Ids other than digits are told apart by 64 bits of their hash.

    Among 10 million such ids two differ and look alike with a probability of three in a million.
    """

    def __init__(self) -> None:
        """Nothing read yet."""
        self._files: set[str] = set()
        self._ids: dict[tuple[str, bool], Numbers] = {}
        self.edits: dict[str, int] = {}
        """When each edited post was last edited, by `read.versions.version_key`."""

    def is_new_file(self, sha256: str) -> bool:
        """Whether no file with these bytes was read before; it is from now on."""
        new = sha256 not in self._files
        self._files.add(sha256)
        return new

    def is_new_post(self, platform: str, post_id: str) -> bool:
        """Whether this id is new on its platform; it is known from now on."""
        # Zeros in front would be lost in a number, and with them the difference.
        is_number = post_id.isdigit() and post_id.isascii() and post_id[0] != "0" and len(post_id) < LONGEST
        numbers = self._numbers(platform, is_number)
        return numbers.add(int(post_id) if is_number else hash(post_id) & MASK)

    def are_all_new(self, platform: str, post_ids: Sequence[str]) -> bool:
        """Whether all these ids are new and no two of them are equal; they are known from now on.

        False where one is not, or where that would take a look at each; then nothing is remembered. Its slow twin is
        `is_new_post`.
        """
        joined = "".join(post_ids)
        if joined.isdigit() and joined.isascii() and min(post_ids) >= "1" and max(map(len, post_ids)) < LONGEST:
            fresh, numbers = set(map(int, post_ids)), self._numbers(platform, True)
        elif not any(map(str.isdigit, post_ids)):
            fresh, numbers = {hash(post_id) & MASK for post_id in post_ids}, self._numbers(platform, False)
        else:
            return False
        return len(fresh) == len(post_ids) and numbers.add_all(fresh)

    def _numbers(self, platform: str, is_number: bool) -> Numbers:
        numbers = self._ids.get((platform, is_number))
        if numbers is None:
            numbers = self._ids[platform, is_number] = Numbers()
        return numbers

    def edited_us(self, platform: str, post_id: str) -> int:
        """When the youngest version known of this post was edited; 0 if none was."""
        return self.edits.get(version_key(platform, post_id), 0) if self.edits else 0

    def note_edit(self, platform: str, post_id: str, edited_us: int) -> None:
        """Remember a version of this post."""
        self.edits[version_key(platform, post_id)] = edited_us


class Numbers:
    """A set of numbers below 2^64."""

    def __init__(self) -> None:
        """An empty set."""
        self._recent: set[int] = set()
        self._settled: array[int] = array("Q")
        self._most = FEWEST

    def add(self, number: int) -> bool:
        """Whether it is new."""
        settled = self._settled
        if settled and (at := bisect_left(settled, number)) < len(settled) and settled[at] == number:
            return False
        recent = self._recent
        n = len(recent)
        recent.add(number)
        if len(recent) == n:
            return False
        if n + 1 >= self._most:
            self._settle()
        return True

    def add_all(self, numbers: set[int]) -> bool:
        """Whether all are new; only then they are added."""
        if not self._recent.isdisjoint(numbers):
            return False
        if self._settled:
            settled = np.frombuffer(self._settled, dtype=np.uint64)
            asked = np.fromiter(numbers, dtype=np.uint64, count=len(numbers))
            at = np.searchsorted(settled, asked)
            if np.any(settled[np.minimum(at, len(settled) - 1)] == asked):
                return False
        self._recent |= numbers
        if len(self._recent) >= self._most:
            self._settle()
        return True

    def __len__(self) -> int:
        return len(self._recent) + len(self._settled)

    def _settle(self) -> None:
        fresh = np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent))
        self._recent = set()
        merged = np.concatenate([np.frombuffer(self._settled, dtype=np.uint64), fresh])
        merged.sort(kind="stable")
        self._settled = array("Q", merged.tobytes())
        # Ever larger steps, so that moving costs little; the set is at most a twelfth of all.
        self._most = max(FEWEST, len(self._settled) // 12)
