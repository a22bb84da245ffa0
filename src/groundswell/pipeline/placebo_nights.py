"""The nightly placebo of a study: nights that were not tried yet, tried once and kept beside the panels."""

from __future__ import annotations

from collections.abc import Sequence

from groundswell.errors import NothingToDo, WrongUse
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.watching import log_of_study, on_list
from groundswell.store.study import Study
from groundswell.watch.lists import list_names, read_list
from groundswell.watch.log import moment
from groundswell.watch.placebo_nights import Night, keep_nights, kept_nights, midnights, try_night
from groundswell.watch.span import DEFAULT_HOURS, Span, span_of


def placebo_nights(
    study: Study,
    *,
    list_name: str | None = None,
    hours: float = DEFAULT_HOURS,
    at: str | None = None,
    progress: Progress = silent,
) -> tuple[Night, ...]:
    """Try every night that was not tried, up to the last thirty; returns all that are kept, oldest first.

    A night is tried once: whoever asks again gets what was kept, whatever was collected or listed since.

    Parameters
    ----------
    list_name
        ``name:tier`` or ``name``; without it every tier of every list is tried, and everybody.
    at
        The last moment that is looked at, ISO 8601; the last post by default.

    Raises
    ------
    NothingToDo
        No midnight lies between the first post and the last.
    """
    log = log_of_study(study)
    last = span_of(log.last, at=at, hours=hours).at
    ends = midnights(moment(int(log.wrote.time[0])), last) if len(log.wrote.time) else ()
    if not ends:
        raise NothingToDo(
            "No midnight, UTC, lies between the first post and the last.\n"
            "  The placebo looks at a page a night; collect for longer."
        )
    kept = {(one.list_name, one.hours, one.until): one for one in kept_nights(study)}
    wanted = [
        (name, Span(end, hours)) for name in _tried(study, list_name) for end in ends if (name, hours, end) not in kept
    ]
    for done, (name, span) in enumerate(wanted):
        progress("Trying the placebo", done, len(wanted))
        try:
            members = None if name is None else log.numbers_of(on_list(study, name, span))
        except WrongUse:
            continue  # Nobody was on the list that night.
        kept[name, hours, span.at] = try_night(log, span, list_name=name, members=members)
    progress("Trying the placebo", len(wanted), len(wanted))
    return keep_nights(study, kept.values())


def _tried(study: Study, list_name: str | None) -> Sequence[str | None]:
    if list_name is not None:
        return (list_name,)
    return (None, *(f"{name}:{tier}" for name in list_names(study) for tier in read_list(study, name).tiers))
