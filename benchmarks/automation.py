"""Fit the automation model on labelled profiles and say what it is worth, each part left out in turn.

    python benchmarks/automation.py PROFILES.parquet [PROFILES.parquet ...]

Each file is a set; where there is one file, its languages stand in for sets, which is a weaker test. A file has
``account_type`` (1: labelled automated), ``statuses_count``, ``followers_count``, ``friends_count``, ``description``,
``account_age_days`` and ``lang``. Prints the lines of `groundswell.personas.automation.model` that hold the
coefficients, and of each figure alone how well it ranks: under 0.5 it points the wrong way.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata

from groundswell.engine.duck import Duck
from groundswell.personas.automation.model import FIGURES, Model, figures, fit

QUERY = """
select account_type::double as labelled, statuses_count / greatest(account_age_days, 1) as pace,
       followers_count::double as followers, friends_count::double as following,
       (trim(coalesce(description, '')) = '')::int as empty_bio, account_age_days::double as days,
       case when lang = 'en' then 'English' when lang is null then 'language not told'
            else 'other languages' end as part
from read_parquet($path) order by id
"""


def main() -> None:
    """Fit, leave out, print."""
    tables, labels, parts = [], [], []
    for path in map(Path, sys.argv[1:]):
        with Duck() as engine:
            rows = engine.query(QUERY, path=str(path))
        names = ("pace", "followers", "following", "empty_bio", "days")
        tables.append(figures(*(np.asarray(rows[name], dtype=np.float64) for name in names)))
        labels.append(np.asarray(rows["labelled"], dtype=np.float64))
        parts.append(np.full(len(labels[-1]), path.stem, dtype=object) if len(sys.argv) > 2 else rows["part"])
    table, labelled, part = np.concatenate(tables), np.concatenate(labels), np.concatenate(parts)
    for at, name in enumerate(FIGURES):
        print(f"# {name} alone: AUC {auc(table[:, at], labelled):.3f}")
    print("COEFFICIENTS = {")
    print(f'    "all": {written(fit(table, labelled))},')
    worth = []
    for left_out in sorted(set(part)):
        rest = part != left_out
        model = fit(table[rest], labelled[rest])
        print(f'    "without {left_out}": {written(model)},')
        worth.append(worth_of(left_out, model, table, labelled, rest))
    print("}\nWORTH = (")
    print("\n".join(f"    Worth({', '.join(f'{k}={v!r}' for k, v in one.items())})," for one in worth))
    print(")")


def worth_of(name: str, model: Model, table: Any, labelled: Any, rest: Any) -> dict[str, Any]:
    """What a model fitted to the rest makes of the part left out."""
    threshold = np.quantile((table[rest] @ np.array(model.weights))[labelled[rest] == 0], 0.99)
    own, truth = table[~rest], labelled[~rest]
    score = own @ np.array(model.weights)
    chance = 1 / (1 + np.exp(-model.log_odds(own, truth.mean())))
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [abs(chance[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean() for b in set(bins)]
    return {
        "part": name,
        "n": len(truth),
        "n_labelled": int(truth.sum()),
        "auc": round(auc(score, truth), 3),
        "calibration_error": round(float(sum(gaps)), 3),
        "false_positives": round(float((score[truth == 0] > threshold).mean()), 4),
        "recall": round(float((score[truth == 1] > threshold).mean()), 4),
    }


def auc(score: Any, labelled: Any) -> float:
    """The chance that a labelled account ranks above another; ties count half."""
    ranks = rankdata(score)
    n = labelled.sum()
    return float((ranks[labelled == 1].sum() - n * (n + 1) / 2) / (n * (len(labelled) - n)))


def written(model: Model) -> str:
    """The model as a line of the module."""
    return f"Model(weights={model.weights}, intercept={model.intercept}, base_rate={model.base_rate})"


if __name__ == "__main__":
    main()
