"""Every scenario there is, and how to tell one."""

from __future__ import annotations

from difflib import get_close_matches

import groundswell.simulate
from groundswell.errors import WrongUse
from groundswell.model.plugins import found
from groundswell.simulate.scenario import Scenario, World


def scenarios() -> tuple[Scenario, ...]:
    """All scenarios: the sets of whole posts first, then the share logs, each in the order of their modules."""
    single = found(groundswell.simulate, "SCENARIO")
    several = found(groundswell.simulate, "SCENARIOS")
    return (*single, *(scenario for group in several for scenario in group))


def scenario(name: str) -> Scenario:
    """The scenario of this name.

    Raises
    ------
    WrongUse
        There is none; the message names the nearest.
    """
    known = {each.name: each for each in scenarios()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=0.3)
    raise WrongUse(
        f"There is no scenario {name!r}.\n"
        f"  There are: {', '.join(known)}.\n"
        f"  {f'Did you mean {near[0]!r}? ' if near else ''}`groundswell simulate --list` tells what each one is."
    )


def simulate(name: str, *, seed: int = 0, shares: int | None = None) -> World:
    """Make a world with known truth.

    Parameters
    ----------
    name
        A scenario's name, such as ``planted``.
    seed
        Fixes every draw: equal name, seed and size give equal bytes.
    shares
        Rows of a share log, reached to within a few percent; None for the scenario's usual number (40,000).
        The demo sets are whole little stories and have their own size.

    Raises
    ------
    WrongUse
        There is no such scenario, or `shares` does not suit it.
    """
    told = scenario(name)
    if shares is not None and told.kind == "posts":
        raise WrongUse(
            f"The scenario {name!r} has its own size, but --shares {shares} was asked for.\n"
            "  Leave --shares out, or choose a share log such as `planted` or `log`."
        )
    if shares is not None and shares < 1000:
        raise WrongUse(
            f"--shares must be 1,000 or more, but {shares:,} was asked for.\n"
            "  Fewer shares than that hold neither a crowd nor a campaign."
        )
    if seed < 0:
        raise WrongUse(f"--seed must be zero or more, but {seed} was asked for.")
    return told.make(seed, shares)
