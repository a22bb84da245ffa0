"""Lookalike names: what is found, what is found falsely, and what a million names cost.

    python benchmarks/names.py [--seed 0] [--candidates 1000000] [--protected 10000] [--domains FILE] [--json FILE]

Recall by rule on made-up imitations; honest namesakes, fans and parodies; unrelated names, counted per comparison; and
CPU seconds for many names. `--domains` takes a table with the columns spoof_domain and impersonated_domain.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.model.post import Account
from groundswell.personas.domains import lookalike_domains
from groundswell.personas.lookalikes import lookalikes
from groundswell.simulate.profiles import FIRST, SECOND
from groundswell.simulate.spoofs import RULES, STRICT, made_up_names, spoofs

TARGETS = {"strict": 0.98, "other": 0.90, "false_a_comparison": 1e-4, "domains": 0.95, "cpu_s": 60.0}


def main() -> None:
    """Measure, print, write."""
    options = parsed()
    report = {
        **accuracy(options.seed),
        "unrelated": unrelated(options.seed),
        "scale": scale(options.seed, options.candidates, options.protected),
        "domains": domains(options.domains) if options.domains else None,
        "targets": TARGETS,
    }
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Lookalike names: accuracy and cost.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--candidates", type=int, default=1_000_000)
    parser.add_argument("--protected", type=int, default=10_000)
    parser.add_argument("--domains", type=Path)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def accounts(names: Sequence[str]) -> list[Account]:
    """An account a name."""
    return [Account(platform="", account_id=str(at), name=name) for at, name in enumerate(names)]


def accuracy(seed: int) -> dict[str, Any]:
    """Recall by rule; how many namesakes are listed, and how many labelled ones are not set aside."""
    made = spoofs(seed)
    protected = accounts(made.protected)
    pairs = lookalikes(accounts([imitation for imitation, _, _ in made.spoofs]), protected).pairs
    found = {(pair.candidate_name, pair.protected_name) for pair in pairs}
    hits = Counter(rule for imitation, name, rule in made.spoofs if (imitation, name) in found)
    asked = Counter(rule for _, _, rule in made.spoofs)
    namesakes = lookalikes(accounts(made.namesakes), protected)
    labelled = lookalikes(accounts([name for name, _ in made.labelled]), protected)
    return {
        "recall": {rule: round(hits[rule] / asked[rule], 4) for rule in RULES},
        "recall_strict": round(sum(hits[r] for r in STRICT) / sum(asked[r] for r in STRICT), 4),
        "recall_other": round(
            sum(n for r, n in hits.items() if r not in STRICT) / sum(n for r, n in asked.items() if r not in STRICT), 4
        ),
        "n_spoofs": len(made.spoofs),
        "namesakes": {"listed": len(namesakes.pairs), "of": len(made.namesakes), "compared": namesakes.n_compared},
        "labelled": {"listed": len(labelled.pairs), "set_aside": len(labelled.set_aside), "of": len(made.labelled)},
    }


def unrelated(seed: int) -> dict[str, Any]:
    """Pairs listed among different names of the same making."""
    rng = np.random.default_rng(seed + 1)
    names = made_up_names(rng, 4000)
    found = lookalikes(accounts(names[:2000]), accounts(names[2000:]))
    listed = len(found.pairs)
    return {"listed": listed, "compared": found.n_compared, "a_comparison": listed / found.n_compared}


def scale(seed: int, n_candidates: int, n_protected: int) -> dict[str, Any]:
    """CPU seconds for many candidates against many protected names, reading them aside."""
    rng = np.random.default_rng(seed + 2)
    words = [*FIRST, *SECOND]
    drawn = rng.integers(0, len(words), (n_candidates + n_protected, 3))
    numbers = rng.integers(0, 100_000, n_candidates + n_protected)
    names = [
        f"{words[a].capitalize()} {words[b].capitalize()} {words[c].capitalize()}"
        if n % 2
        else f"{words[a]}_{words[b]}{n}"
        for (a, b, c), n in zip(drawn.tolist(), numbers.tolist(), strict=True)
    ]
    here, there = accounts(names[n_protected:]), accounts(names[:n_protected])
    lookalikes(here[:100], there[:100])
    began = time.process_time()
    found = lookalikes(here, there)
    spent = time.process_time() - began
    return {
        "candidates": n_candidates,
        "protected": n_protected,
        "cpu_s": round(spent, 1),
        "pairs": len(found.pairs),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def domains(path: Path) -> dict[str, Any]:
    """Recall on a table of spoofs."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    real = {domain for row in rows for domain in row["impersonated_domain"].split("|")}
    found = {pair.candidate: pair.protected for pair in lookalike_domains([r["spoof_domain"] for r in rows], real)}
    hits = sum(found.get(row["spoof_domain"]) in row["impersonated_domain"].split("|") for row in rows)
    return {"found": hits, "of": len(rows), "recall": round(hits / len(rows), 4)}


def table(report: dict[str, Any]) -> str:
    """What a person reads."""
    lines = [f"{rule:20}{recall:>8.3f}" for rule, recall in report["recall"].items()]
    lines.append(f"{'strict rules':20}{report['recall_strict']:>8.3f}   asked {TARGETS['strict']}")
    lines.append(f"{'other rules':20}{report['recall_other']:>8.3f}   asked {TARGETS['other']}")
    lines.append(f"namesakes listed {report['namesakes']['listed']} of {report['namesakes']['of']}")
    lines.append(f"fans and parodies listed {report['labelled']['listed']} of {report['labelled']['of']}")
    un = report["unrelated"]
    lines.append(f"unrelated: {un['listed']} of {un['compared']:,} comparisons, {un['a_comparison']:.1e}; asked 1e-4")
    big = report["scale"]
    lines.append(
        f"{big['candidates']:,} names against {big['protected']:,}: {big['cpu_s']} CPU s, {big['peak_mb']:,} MB,"
        f" {big['pairs']:,} pairs; asked {TARGETS['cpu_s']:g} CPU s"
    )
    if report["domains"]:
        lines.append(f"domains: {report['domains']['found']} of {report['domains']['of']}; asked {TARGETS['domains']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
