"""`groundswell evaluate campaigns`: does the share's interval hold the truth, and is the verdict right?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from groundswell.cli.bar import Bar
from groundswell.cli.evaluate_worlds import kept_beside
from groundswell.cli.figures import indented
from groundswell.detect.groups import RULE_VERSION
from groundswell.evaluate import campaign_shares, campaign_verdicts
from groundswell.evaluate.journal import code_digest


def evaluate_campaigns(
    *, scenarios: Sequence[str] = (), seeds: int, first_seed: int, jobs: int, out: Path | None, as_json: bool
) -> None:
    """Print both tables, and write them as JSON to `out`, finished worlds beside it as they come.

    With `scenarios` it asks for their verdicts alone: shares have worlds of their own.
    """
    with Bar(quiet=as_json) as bar, kept_beside(out, "campaigns") as kept:
        shares = (
            ()
            if scenarios
            else campaign_shares.evaluate_shares(
                seeds=seeds, first_seed=first_seed, jobs=jobs, kept=kept, progress=partial(bar, "Measuring shares")
            )
        )
        verdicts = campaign_verdicts.evaluate_verdicts(
            only=scenarios,
            seeds=seeds,
            first_seed=first_seed,
            jobs=jobs,
            kept=kept,
            progress=partial(bar, "Asking for verdicts"),
        )
    figures = {
        "rule_version": RULE_VERSION,
        "code": code_digest(),
        "seeds": seeds,
        "first_seed": first_seed,
        "shares": campaign_shares.as_json(shares),
        "verdicts": campaign_verdicts.as_json(verdicts),
    }
    text = indented(figures)
    if out is not None:
        out.write_text(text, encoding="utf-8")
    tables = [campaign_shares.as_text(shares)] if shares else []
    tables.append(campaign_verdicts.as_text(verdicts))
    sys.stdout.write(text if as_json else "\n".join(tables))
