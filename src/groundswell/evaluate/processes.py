"""Worlds shared among processes. What is told of a world does not depend on where, or in which order, it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, TypeVar

from groundswell.errors import WrongUse
from groundswell.evaluate.journal import Journal, Key

Told = TypeVar("Told")


def check_counts(seeds: int, jobs: int) -> None:
    """Raise `WrongUse` unless there is at least one world and one process."""
    for option, n in (("--seeds", seeds), ("--jobs", jobs)):
        if n < 1:
            raise WrongUse(f"{option} must be 1 or more, but {n} was asked for.")


def told_of(
    worlds: Sequence[Key],
    tell: Callable[..., Told],
    *,
    jobs: int,
    kept: Journal | None,
    to_json: Callable[[Told], Any],
    from_json: Callable[[Any], Told],
    progress: Callable[[int, int], None] | None,
) -> dict[Key, Told]:
    """What `tell` says of every world, those that a journal kept included.

    Parameters
    ----------
    worlds
        Arguments of `tell`, and names in the journal.
    tell
        With more than one process, a function of a module.
    kept
        Worlds told before; each further one is written into it as soon as it is done.
    to_json, from_json
        To the journal, and back.
    progress
        Called with (worlds done, worlds in all).
    """
    told = {world: from_json(kept.told[world]) for world in worlds if kept and world in kept.told}
    if progress and told:
        progress(len(told), len(worlds))
    for world, value in _in_turn([world for world in worlds if world not in told], tell, jobs):
        told[world] = value
        if kept:
            kept.keep(world, to_json(value))
        if progress:
            progress(len(told), len(worlds))
    return told


def _in_turn(worlds: Sequence[Key], tell: Callable[..., Told], jobs: int) -> Iterator[tuple[Key, Told]]:
    """Every world with what is told of it, in whatever order they are done."""
    if jobs == 1:
        for world in worlds:
            yield world, tell(*world)
        return
    # A new interpreter for each: a forked one would inherit the threads of DuckDB and numba, but not their locks.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(tell, *world): world for world in worlds}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
