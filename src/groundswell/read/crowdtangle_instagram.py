"""Posts of Instagram accounts as CrowdTangle exported them: an account is its handle, a post its address."""

from __future__ import annotations

import re

from groundswell.model.post import Account, Post
from groundswell.read.crowdtangle_times import created
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in

SHORT_CODE = re.compile(r"instagram\.com/(?:p|reel|tv)/([\w-]+)")


def knows(record: Record) -> bool:
    """An account, a picture and a description where Facebook's rows have pages and messages."""
    return {"Account", "User Name", "Description", "Photo"} <= record.keys() and (
        "Post Created" in record or "Created" in record
    )


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    said = record.get("Description")
    said = said if isinstance(said, str) and said else None
    address = cell(record, "URL")
    found = SHORT_CODE.search(address) if address else None
    post = Post(
        platform="instagram",
        account_id=_account_id(record),
        time=created(record, notes),
        post_id=found.group(1) if found else address,
        text=said,
        urls=links_in(said),
        hashtags=hashtags_in(said),
        mentions=mentions_in(said),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The account as it was when it posted."""
    return Account(
        platform="instagram",
        account_id=_account_id(record),
        handle=cell(record, "User Name"),
        name=cell(record, "Account"),
        followers=count(record.get("Followers at Posting")),
    )


def _account_id(record: Record) -> str:
    if account := cell(record, "User Name") or cell(record, "Account"):
        return account
    raise LeaveOut("no account id")


READER = Reader(
    name="crowdtangle-instagram",
    title="a CrowdTangle export of Instagram posts",
    source="https://help.crowdtangle.com/en/articles/3213537-crowdtangle-codebook",
    shape="table",
    columns=(
        "Account",
        "User Name",
        "Followers at Posting",
        "Post Created",
        "Created",
        "Type",
        "Likes",
        "Comments",
        "Views",
        "URL",
        "Link",
        "Photo",
        "Title",
        "Description",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=(
        "A zone such as EST or CET is the fixed offset of that name.",
        "The account is known by its handle; a renamed account counts as two.",
    ),
    samples=(
        {
            "Account": "Ana",
            "User Name": "ana",
            "Followers at Posting": "1,234",
            "Post Created": "2021-05-01 10:00:00 CEST",
            "Type": "Photo",
            "Likes": "12",
            "URL": "https://www.instagram.com/p/Cabc-1_x/",
            "Link": "https://www.instagram.com/p/Cabc-1_x/",
            "Photo": "https://pictures.example/1.jpg",
            "Title": "",
            "Description": "Look at this #OpenGate @ben",
        },
    ),
)
