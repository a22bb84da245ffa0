"""What does the assessment say of a campaign, in worlds where it could tell and in worlds where nobody could?

    world of whole posts ──► scan, planted campaigns, assessment of its hashtag ──► verdict, counted over worlds

A *faint* world holds so little that no group of any make could stand out: whatever is in it, the verdict must be
«cannot tell». The others say how often the verdict is the right one where there is something to go by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from groundswell.assess.assess import assess
from groundswell.assess.campaign_verdict import powerful
from groundswell.detect.groups import find_groups
from groundswell.detect.planting import planted_kind, power_by_planting
from groundswell.detect.shares import shares_of
from groundswell.engine.duck import Duck
from groundswell.evaluate.journal import Journal
from groundswell.evaluate.layers import PRECISION_S
from groundswell.evaluate.processes import check_counts, told_of
from groundswell.evaluate.rates import Estimate, rate
from groundswell.model.finding import Verdict
from groundswell.model.link import LINKS, MEETINGS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.power import Power
from groundswell.model.run import Parameters
from groundswell.model.table import text_column
from groundswell.simulate.catalogue import simulate
from groundswell.traces.long_table import trace

PLANTINGS = 10
"""Campaigns of each make that are planted into each world, as `run` does."""

FAINT = ("talk-day", "talk-few", "planted-faint")
"""Worlds of which nobody can tell."""

RIGHT: Mapping[str, tuple[Verdict, ...]] = {
    **dict.fromkeys(FAINT, (Verdict.CANNOT_TELL,)),
    **dict.fromkeys(("talk", "slogans", "demo-fandom"), (Verdict.ORGANIC,)),
    # Nothing in these data speaks for a campaign that never repeats itself, and nothing against it.
    "planted-reworded": (Verdict.CANNOT_TELL,),
    "demo-wire": (Verdict.OPEN,),
    "demo-campaign": (Verdict.DECEPTIVE,),
    **dict.fromkeys(("planted-edited", "planted-tags", "planted-batch"), (Verdict.OPEN, Verdict.DECEPTIVE)),
}
"""What a careful reader with the same data would say."""

NOT_WRONG = (Verdict.CANNOT_TELL,)
"""Says too little, but nothing that is not so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The verdict on one world's campaign."""

    verdict: Verdict
    n_reported: int
    powerful: bool
    """Whether a group of 12 accounts would have been seen before it wrote a tenth of the posts."""
    outside: tuple[str, ...]
    """Statistics beyond every comparator, such as ``above in_step``."""
    compared: int
    """Statistics that were compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The verdicts on one scenario."""

    scenario: str
    worlds: int
    verdicts: Mapping[str, int]
    right: Estimate
    wrong: Estimate
    """Neither right nor «cannot tell»."""
    cannot_tell: Estimate
    powerful: int
    """Worlds in which a group would have been seen."""
    outside: Mapping[str, int]
    """Worlds in which each statistic lay beyond every comparator."""


def evaluate_verdicts(
    *,
    only: Sequence[str] = (),
    seeds: int = 3,
    first_seed: int = 0,
    jobs: int = 1,
    kept: Journal | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Verdicts, ...]:
    """Count the verdicts on each scenario of whole posts.

    Parameters
    ----------
    only
        Names of scenarios; all of `RIGHT` if empty.
    seeds, first_seed
        Worlds of each scenario.
    jobs, kept, progress
        As in `campaign_shares.evaluate_shares`.

    Raises
    ------
    WrongUse
        `seeds` or `jobs` is not positive.
    """
    check_counts(seeds, jobs)
    names = tuple(only) or tuple(RIGHT)
    worlds = [("verdict", name, seed) for name in names for seed in range(first_seed, first_seed + seeds)]
    told = told_of(
        worlds,
        said_of,
        jobs=jobs,
        kept=kept,
        to_json=lambda said: asdict(said),
        from_json=_from_json,
        progress=progress,
    )
    return tuple(
        _counted(name, [told["verdict", name, seed] for seed in range(first_seed, first_seed + seeds)])
        for name in names
    )


def said_of(what: str, name: str, seed: int) -> Said:
    """The verdict on the most used hashtag of one world; `what` only names the question in a journal."""
    world = simulate(name, seed=seed)
    assert world.posts is not None
    n = world.n_rows
    columns = {**POSTS.empty(), **world.posts, "source_file": text_column(["made-up"] * n)}
    tags = Counter(tag for post in world.posts["hashtags"] for tag in post)
    with Duck() as engine:
        engine.load(POSTS, columns)
        engine.load(ACCOUNTS, world.accounts or ACCOUNTS.empty())
        layers = tuple(shares_of(engine, kind) for kind, count in trace(engine).items() if count)
        scan = find_groups(layers, precision_s=PRECISION_S, seed=seed)
        for contract in (LINKS, MEETINGS):
            engine.load(contract, contract.empty())
        layer = planted_kind(layers)
        power: Power | None = None
        if layer is not None:
            power = power_by_planting(
                layer,
                n=PLANTINGS,
                windows_s=scan.windows_s,
                precision_s=PRECISION_S,
                n_kinds=len(layers),
                theta=scan.theta,
                alpha=scan.alpha,
                seed=seed,
                leave_out=[account for group in scan.groups for account in group.account_ids],
            )
        told = assess(
            engine,
            scan.groups,
            Parameters(seed=seed, campaign=f"#{min(tags, key=lambda tag: (-tags[tag], tag))}"),
            precision_s=PRECISION_S,
            power=power,
        )
    assert told.campaign is not None
    assert told.campaign.measured is not None
    compared = told.campaign.measured.comparisons
    return Said(
        verdict=told.campaign.verdict,
        n_reported=len(scan.reported),
        powerful=powerful(power, told.campaign.n_posts),
        outside=tuple(
            f"{'above' if one.value > one.high else 'below'} {one.statistic}" for one in compared if one.outside
        ),
        compared=len(compared),
    )


def as_json(rows: Sequence[Verdicts]) -> list[dict[str, Any]]:
    """The table for machines."""
    return [asdict(row) for row in rows]


def as_text(rows: Sequence[Verdicts]) -> str:
    """The table for people, those with a wrong verdict first."""
    lines = [("campaign in", "right", "wrong", "cannot tell", "power", "verdicts", "beyond every comparator")] + [
        (
            row.scenario,
            _shown(row.right),
            _shown(row.wrong),
            _shown(row.cannot_tell),
            f"{row.powerful} of {row.worlds}",
            ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in row.verdicts.items()),
            ", ".join(f"{n} {what}" for what, n in row.outside.items()) or "–",
        )
        for row in sorted(rows, key=lambda row: -row.wrong.value)
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _counted(name: str, said: Sequence[Said]) -> Verdicts:
    n = len(said)
    right = [one.verdict in RIGHT.get(name, ()) for one in said]
    wrong = [not ok and one.verdict not in NOT_WRONG for ok, one in zip(right, said, strict=True)]
    return Verdicts(
        scenario=name,
        worlds=n,
        verdicts=dict(sorted(Counter(str(one.verdict) for one in said).items())),
        right=rate(sum(right), n),
        wrong=rate(sum(wrong), n),
        cannot_tell=rate(sum(one.verdict is Verdict.CANNOT_TELL for one in said), n),
        powerful=sum(one.powerful for one in said),
        outside=dict(sorted(Counter(what for one in said for what in one.outside).items())),
    )


def _shown(estimate: Estimate) -> str:
    return f"{round(estimate.value * estimate.n)} of {estimate.n} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _from_json(value: Any) -> Said:
    return Said(**{**value, "verdict": Verdict(value["verdict"]), "outside": tuple(value["outside"])})
