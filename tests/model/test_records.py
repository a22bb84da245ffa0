"""records: what was written as JSON comes back as the same record."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from groundswell.model.finding import (
    Alternative,
    Assessment,
    Campaign,
    Evidence,
    Finding,
    Note,
    Share,
    Side,
    Verdict,
    Weight,
)
from groundswell.model.group import Group, Layer, Lead, Outcome
from groundswell.model.ledger import FileLedger
from groundswell.model.records import revive

SHARE = Share(of="posts", count=1, whole=9, low=0.0, high=0.4, basis="Wilson", high_if_missing=None)
FINDING = Finding(
    group_id="A",
    claim="2 of 9 accounts shared the same link.",
    verdict=Verdict.CANNOT_TELL,
    account_ids=("ana", "ben"),
    evidence=(Evidence(side=Side.FOR, sentence="They met once.", post_ids=("p1", "p2")),),
    alternatives=(Alternative(name="news", weight=Weight.FOR, reason="It was new."),),
)
LAYER = Layer(
    kind="url",
    window_s=60.0,
    evidence=9.5,
    evidence_without_leaders=4.0,
    lead_p=0.2,
    n_objects=9,
    n_occasions=8,
    n_days=3,
    times_chance=70.0,
    turnout=0.6,
    own_audience=0.4,
    second_of_minute=0.1,
    median_spread_s=22.0,
)
RECORDS = [
    Assessment(
        headline="h",
        hedge="x",
        verdict=Verdict.OPEN,
        supported=("s",),
        not_supported=(),
        findings=(FINDING,),
        shares=(SHARE,),
        notes=(Note(kind="n", sentence="s"),),
        campaign=Campaign(
            query="#a",
            n_posts=9,
            n_accounts=3,
            shares=(SHARE,),
            verdict=Verdict.ORGANIC,
            sentence="s",
            share_by_group=(("A", (SHARE,)),),
        ),
    ),
    Group(
        group_id="A",
        outcome=Outcome.REPORTED,
        account_ids=("ana", "ben"),
        layers=(LAYER,),
        leads=(Lead(account_id="ana", occasions=2, of=3),),
        first_meeting="2024-05-01T10:00:00Z",
        last_meeting="2024-05-02T10:00:00Z",
    ),
    FileLedger(path="a", sha256="0", n_bytes=1, format="f", title="F", rows=3, posts=1, other_records={"like": 2}),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_survives_json(record):
    assert revive(type(record), json.loads(json.dumps(asdict(record)))) == record


def test_a_finding_without_support_can_not_exist():
    with pytest.raises(ValueError, match="nothing supports"):
        revive(Finding, asdict(FINDING) | {"evidence": []})


def test_a_ledger_whose_parts_do_not_sum_can_not_exist():
    with pytest.raises(ValueError, match="accounts for 2"):
        FileLedger(path="a", sha256="0", n_bytes=1, format="f", title="F", rows=3, posts=2)
