"""Kept: one answer for all readers, made anew when what it was made of changes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from groundswell.web.kept import Kept


def test_eight_who_ask_at_once_get_one_answer_made_once() -> None:
    kept: Kept[object] = Kept()
    made: list[object] = []
    together = threading.Barrier(8)

    def make() -> object:
        made.append(object())
        return made[-1]

    def ask(_: int) -> object:
        together.wait(10)
        return kept.get("same", make)

    with ThreadPoolExecutor(8) as pool:
        answers = set(map(id, pool.map(ask, range(8))))

    assert (len(made), len(answers)) == (1, 1)


@given(st.lists(st.integers(0, 6), max_size=40), st.integers(1, 4))
def test_an_answer_is_made_again_only_when_so_many_others_came_since(asked: list[int], most: int) -> None:
    kept: Kept[int] = Kept(most)
    known: list[int] = []
    for stamp in asked:
        made: list[int] = []
        assert kept.get(stamp, lambda stamp=stamp, made=made: made.append(stamp) or stamp) == stamp
        assert bool(made) is (stamp not in known)
        if made:
            known = [*known, stamp][-most:]


def test_an_answer_that_failed_is_asked_for_again() -> None:
    kept: Kept[int] = Kept()

    for _ in range(2):
        try:
            kept.get(1, lambda: 1 // 0)
        except ZeroDivisionError:
            continue
        raise AssertionError

    assert kept.get(1, lambda: 7) == 7
