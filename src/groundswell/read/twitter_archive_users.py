"""Profiles of Twitter's information-operations archive: accounts, no posts."""

from __future__ import annotations

from groundswell.model.post import Account
from groundswell.read.ids import whole
from groundswell.read.reader import LeaveOut, Noted, Other, Outcome, Reader, Record
from groundswell.read.record import cell, count
from groundswell.read.times import known_time

COLUMNS = (
    "userid",
    "user_display_name",
    "user_screen_name",
    "user_reported_location",
    "user_profile_description",
    "user_profile_url",
    "follower_count",
    "following_count",
    "account_creation_date",
    "account_language",
)
HANDLE_STANDS_IN = "the account id was rounded by a spreadsheet, and the handle stands in for it"


def knows(record: Record) -> bool:
    """Profiles without tweets."""
    return {"userid", "user_screen_name", "account_creation_date"} <= record.keys() and "tweetid" not in record


def to_post(record: Record) -> Outcome:
    """A profile is no post."""
    notes: list[str] = []
    account_id(record, notes)
    return Noted(Other("profile"), tuple(notes)) if notes else Other("profile")


def profile(record: Record) -> Account:
    """What the row says of its account; the tweets' table has the same columns."""
    return Account(
        platform="twitter",
        account_id=account_id(record, []),
        handle=cell(record, "user_screen_name"),
        name=cell(record, "user_display_name"),
        bio=cell(record, "user_profile_description"),
        url=cell(record, "user_profile_url"),
        created_at=known_time(record.get("account_creation_date")),
        followers=count(record.get("follower_count")),
        following=count(record.get("following_count")),
    )


def account_id(record: Record, notes: list[str]) -> str:
    """The account's id, or its handle where a spreadsheet took the id's digits."""
    plain = cell(record, "userid")
    if plain is None:
        raise LeaveOut("no account id")
    if known := whole(plain):
        return known
    if (handle := cell(record, "user_screen_name")) is None:
        raise LeaveOut("account id rounded by a spreadsheet", plain)
    notes.append(HANDLE_STANDS_IN)
    return handle


READER = Reader(
    name="twitter-archive-users",
    title="profiles of Twitter's information-operations archive",
    source="https://transparency.x.com/en/reports/moderation-research",
    shape="table",
    columns=COLUMNS,
    knows=knows,
    to_post=to_post,
    to_account=profile,
    samples=(
        {
            "userid": "YonB7sDqf9hashed=",
            "user_display_name": "Ana",
            "user_screen_name": "ana",
            "user_profile_description": "",
            "follower_count": "12",
            "following_count": "34",
            "account_creation_date": "7/17/2019",
        },
    ),
)
