"""What other choices would have shown, and what these data could have shown at all, in sentences.

    Multiverse ──► «Group A is found again in 75 of 384 settings …»
    Power      ──► «Of 10 planted campaigns of 12 accounts …, 8 were reported»

A group that only one setting shows is frail; «none found» is worth what the planted campaigns say it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundswell.assess.wording import counted, duration, kinds_listed, listed, part, percent
from groundswell.model.multiverse import Multiverse
from groundswell.model.power import Planted, Power
from groundswell.traces.kinds import words


def settings_sentence(tried: Multiverse) -> str:
    """In how many settings the group is found again, by kind of trace; settings without it are in the denominator."""
    seen = [kind for kind in tried.kinds if tried.found(tried.of(kind))]
    rest = [kind for kind in tried.kinds if kind not in seen]
    by_kind = [
        f"{tried.found(tried.of(kind)):,} of {len(tried.of(kind)):,} that look at {kinds_listed([kind])}"
        for kind in seen
    ]
    if rest and seen:
        others = sum(len(tried.of(kind)) for kind in rest)
        by_kind.append(f"0 of {others:,} that look at other kinds of trace")
    told = f": {listed(by_kind)}" if len(tried.kinds) > 1 and by_kind else ""
    settings = part(tried.n_found, len(tried.cells), "setting", "settings")
    return (
        f"Group {tried.group_id} is found again in {settings}{told}."
        f" It counts as found where {tried.enough} or more of its {tried.size} accounts stand out together."
    )


def power_sentences(power: Power) -> tuple[str, ...]:
    """What became of the planted campaigns of middle size, and what was not planted and why."""
    return tuple(_power_sentences(power))


def planted_sentence(power: Power, planted: Planted) -> str:
    """One design and its rate, with the interval."""
    design = planted.design
    return (
        f"Of {planted.n:,} planted campaigns of {design.size} accounts that {words(power.kind).did} the same"
        f" {design.n_objects} {words(power.kind).many} within {duration(design.pace_s)}, each taking part"
        f" {percent(design.turnout)} of the time, {planted.n_found:,} were reported"
        f" ({percent(planted.rate)}; 95 % interval {percent(planted.low)} to {percent(planted.high)})."
    )


def _power_sentences(power: Power) -> Iterator[str]:
    designs = [planted.design for planted in power.planted]
    if designs and not any(planted.n_found for planted in power.planted):
        n = sum(planted.n for planted in power.planted)
        paces = sorted({design.pace_s for design in designs})
        yield (
            f"0 of {counted(n, 'planted campaign was', 'planted campaigns were')} reported, with"
            f" {_span([design.size for design in designs])} accounts that {words(power.kind).did} the same"
            f" {_span([design.n_objects for design in designs])} {words(power.kind).many} within"
            f" {listed([duration(pace) for pace in paces], 'or')}: others like them may be here unseen."
        )
    else:
        sizes = sorted({design.size for design in designs})
        for planted in power.planted:
            if planted.design.size == sizes[len(sizes) // 2]:
                yield planted_sentence(power, planted)
    if power.too_large:
        yield (
            f"Campaigns of {listed([str(size) for size in power.too_large])} accounts were not planted: of"
            f" {counted(power.n_accounts, 'account', 'accounts')} that could play them, that would be too large a part."
        )
    if power.kind == "text":
        yield (
            "A campaign that says the same in new words each time would not be reported at any size: copies are known"
            " by the words they share, so it leaves nothing to compare."
        )


def _span(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low:,} to {high:,}" if low < high else f"{low:,}"
