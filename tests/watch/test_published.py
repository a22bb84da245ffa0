"""Members from published indicators: only accounts that were collected, each with the row that names it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from groundswell.read.threat_indicators import indicators
from groundswell.watch.published import members_of_indicators

DAY = datetime(2026, 5, 9, tzinfo=UTC)
ACCOUNTS = (("1", "ana"), ("2", "ben"), ("3", "cat"), ("4", "cat"), ("5", None))


def test_an_indicator_names_an_account_by_its_handle_or_by_its_profile(tmp_path: Path) -> None:
    file = tmp_path / "published.csv"
    file.write_text(
        "indicator_type,indicator_value,comment,ds\n"
        "twitter_account,@Ana,posted the six links,2026-05-09\n"
        "url,hxxps://social[.]example/ben/,profile,2026-05-09\n"
        "twitter_account,@cat,two accounts are called so,2026-05-09\n"
        "domain_name,gate[.]example,,2026-05-09\n"
        "twitter_account,@nobody-here,,2026-05-09\n"
        "twitter_account,@ana,again,2026-05-09\n",
        encoding="utf-8",
    )

    found = members_of_indicators(indicators(file), ACCOUNTS, source="published.csv", who="dan", added=DAY)

    assert [(one.account_id, one.reason, one.source, one.tier) for one in found] == [
        ("1", "named in a published list: posted the six links", "published.csv, row 1", "published"),
        ("2", "named in a published list: profile", "published.csv, row 2", "published"),
    ]
