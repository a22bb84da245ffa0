"""`groundswell evaluate worlds`: false alarms, recall and precision on worlds whose truth is known."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import indented
from groundswell.detect.groups import RULE_VERSION
from groundswell.evaluate import asked, worlds
from groundswell.evaluate.journal import Journal, code_digest, journal


@contextmanager
def kept_beside(out: Path | None, what: str) -> Iterator[Journal | None]:
    """The journal of an evaluation, ``worlds.jsonl`` beside ``worlds.json``; None where no file is asked for."""
    if out is None:
        yield None
        return
    about = {"what": what, "rule_version": RULE_VERSION, "code": code_digest()}
    with journal(out.with_suffix(".jsonl"), about) as kept:
        if kept.told:
            sys.stderr.write(f"Going on after {len(kept.told):,} worlds in {kept.file}.\n")
        yield kept


def evaluate_worlds(
    *,
    suite: worlds.Suite,
    scenarios: Sequence[str],
    seeds: int,
    first_seed: int,
    jobs: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Print the table and what was asked, and write both as JSON to `out`, finished worlds beside it as they come."""
    with Bar(quiet=as_json) as bar, kept_beside(out, "worlds") as kept:
        rows = pipeline.evaluate_worlds(
            suite=suite, only=scenarios, seeds=seeds, first_seed=first_seed, jobs=jobs, kept=kept, progress=bar
        )
    met = asked.asked_and_measured(rows)
    figures = {
        "rule_version": RULE_VERSION,
        "code": code_digest(),
        "suite": None if scenarios else suite,
        "seeds": seeds,
        "first_seed": first_seed,
        "rows": worlds.as_json(rows),
        "asked": asked.as_json(met),
    }
    text = indented(figures)
    if out is not None:
        out.write_text(text, encoding="utf-8")
    sys.stdout.write(text if as_json else f"{worlds.as_text(rows)}\n{asked.as_text(met)}")
