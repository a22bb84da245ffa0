"""Fit the automation model on labelled profiles and say what it is worth, each part left out in turn.

    python benchmarks/automation.py PROFILES.parquet [PROFILES.parquet ...] [--people POSTS.parquet]

Each file is a set; where there is one file, its languages stand in for sets, which is a weaker test. A file has
``account_type`` (1: labelled automated), ``statuses_count``, ``followers_count``, ``friends_count``, ``description``,
``account_age_days`` and ``lang``. Prints the lines of `groundswell.personas.automation.model` that hold the
coefficients, and of each figure alone how well it ranks: under 0.5 it points the wrong way.

``--people`` names posts with the program that wrote them: ``user``, ``verified``, ``followers``, ``friends``,
``statuses``, ``created_at``, ``user_created``, ``source`` and ``event``. Accounts all of whose posts here came from
programs that pass feeds on (`FEEDS`) are one side of a second set, those with none such and all from programs that a
hand holds (`BY_HAND`) the other; who used anything else is on neither. Each set is left out in turn, without the
profile text, which posts do not tell. And of the accounts by hand, how many exceed the threshold that 1 % of the
others in PROFILES exceed is printed for each event, for verified ones and for those that post much, with a profile
text and without.
"""

from __future__ import annotations

import argparse
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


PEOPLE = """
with told as (
    select "user", verified, statuses, created_at as moment, event,
           regexp_extract(source, '>(.*)<', 1) as program,
           followers::double as followers, friends::double as following,
           greatest(epoch(strptime(left(created_at::text, 19), '%Y-%m-%d %H:%M:%S')
                          - strptime(user_created, '%a %b %d %H:%M:%S +0000 %Y')) / 86400, 1) as days
    from read_parquet($path) where statuses is not null and user_created is not null
)
select arg_min(statuses / days, moment) as pace, arg_min(followers, moment) as followers,
       arg_min(following, moment) as following, arg_min(days, moment) as days, bool_or(verified) as verified,
       arg_min(event, moment) as event, bool_and(regexp_matches(program, $feeds)) as feed,
       bool_and(regexp_matches(program, $by_hand)) as by_hand
from told group by "user" order by "user"
"""

FEEDS = (
    "^(twitterfeed|dlvr\\.it|IFTTT|SocialFlow|WordPress\\.com|Facebook|Buffer|SocialOomph|GroupTweet|EIN News Publisher"
    "|Autotweeto4a|friendlydb|Breaking News \\+|BREAKING NEWS Testing new|BBC News Ticker|Sky ?News .*"
    "|USA TODAY Breaking News)$"
)
"""Programs that pass on what stands in a feed or a queue, by their names in the posts at hand."""

BY_HAND = (
    "^(Twitter Web Client|Twitter for .*|Mobile Web.*|TweetDeck|Tweetbot.*|Echofon|TweetCaster.*|Twitterrific|iOS)$"
)
"""Programs in which a person writes; TweetDeck can hold posts back, and most who used it did not."""

BUSY = 72
"""Posts a day over the account's life."""


def main() -> None:
    """Fit, leave out, print."""
    parser = argparse.ArgumentParser(description="Fit the automation model, and say what it is worth.")
    parser.add_argument("profiles", type=Path, nargs="+")
    parser.add_argument("--people", type=Path)
    options = parser.parse_args()
    tables, labels, parts = [], [], []
    for path in options.profiles:
        with Duck() as engine:
            rows = engine.query(QUERY, path=str(path))
        names = ("pace", "followers", "following", "empty_bio", "days")
        tables.append(figures(*(np.asarray(rows[name], dtype=np.float64) for name in names)))
        labels.append(np.asarray(rows["labelled"], dtype=np.float64))
        parts.append(np.full(len(labels[-1]), path.stem, dtype=object) if len(options.profiles) > 1 else rows["part"])
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
    if options.people:
        with Duck() as engine:
            people = engine.query(PEOPLE, path=str(options.people), feeds=FEEDS, by_hand=BY_HAND)
        between(options.people.stem, people, table, labelled)
        for line in among_people(people, fit(table, labelled), table[labelled == 0]):
            print(f"# {line}")


def between(name: str, people: Any, table: Any, labelled: Any) -> None:
    """Fit to the one set and try on the other, both ways, without profile texts."""
    chosen = np.asarray(people["feed"] | people["by_hand"], dtype=bool)
    told = profile_figures(people, empty=0.0)[chosen]
    plain = table.copy()
    plain[:, FIGURES.index("empty_bio")] = 0.0
    both = np.concatenate([plain, told])
    truth = np.concatenate([labelled, np.asarray(people["feed"], dtype=np.float64)[chosen]])
    is_told = np.arange(len(both)) >= len(plain)
    print("BETWEEN_SETS = (")
    for left_out, rest in ((f"posts by program: {name}", ~is_told), ("labelled profiles", is_told)):
        one = worth_of(left_out, fit(both[rest], truth[rest]), both, truth, rest)
        print(f"    Worth({', '.join(f'{k}={v!r}' for k, v in one.items())}),")
    print(")")


def profile_figures(people: Any, *, empty: float) -> Any:
    """The table of figures of accounts whose profile text is not told."""
    pace, followers, following, days = (
        np.asarray(people[name], dtype=np.float64) for name in ("pace", "followers", "following", "days")
    )
    return figures(pace, followers, following, np.full(len(pace), empty), days)


def among_people(people: Any, model: Model, others: Any) -> list[str]:
    """Of accounts whose posts a hand wrote, how many exceed the threshold that 1 % of `others` exceed, by set."""
    weights = np.array(model.weights)
    threshold = np.quantile(others @ weights, 0.99)
    by_hand = np.asarray(people["by_hand"], dtype=bool)
    sets = {
        "all": np.ones(len(by_hand), dtype=bool),
        "all by hand": by_hand,
        **{f"by hand, {event}": by_hand & (people["event"] == event) for event in sorted(set(people["event"]))},
        "verified": np.asarray(people["verified"], dtype=bool),
        f"{BUSY} posts a day and more": np.asarray(people["pace"], dtype=np.float64) >= BUSY,
    }
    said = []
    for bio, empty in (("with profile text", 0.0), ("without profile text", 1.0)):
        score = profile_figures(people, empty=empty) @ weights
        said += [
            f"{name}, {bio}: {int((score[these] > threshold).sum())} of {int(these.sum())} exceed it"
            for name, these in sets.items()
        ]
    return said


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
