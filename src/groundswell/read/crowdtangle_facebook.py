"""Posts of Facebook pages and groups as CrowdTangle exported them, in its later columns and its earlier ones.

The tool closed in August 2024; its files live on. A page is known by its ``Facebook Id``. Times end in a token such
as EST, which is read as the fixed offset it stands for. Numbers have commas in them.
"""

from __future__ import annotations

import re

from groundswell.model.post import Account, Post
from groundswell.read.crowdtangle_times import created
from groundswell.read.ids import whole
from groundswell.read.reader import LeaveOut, Noted, Outcome, Reader, Record
from groundswell.read.record import cell, count
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import known_time

POST_NUMBER = re.compile(
    r"(?:posts|permalink|videos|photos/[^/]+|reel)/(?:[^/?]*?)(\d{6,})|(?:story_fbid|fbid|v)=(\d{6,})"
)
LINK_COLUMNS = ("Final Link", "Link")

LOST_ACCOUNT = "the page's id was rounded by a spreadsheet, and its name stands in for it"
NAME_STANDS_IN = "the page has no id, and its name stands in for it"


def knows(record: Record) -> bool:
    """A page or a group, a message and when it was posted, under the later name or the earlier one."""
    return (
        "Message" in record
        and ("Post Created" in record or "Created" in record)
        and ("Page Name" in record or "Group Name" in record or "Facebook Id" in record)
    )


def to_post(record: Record) -> Outcome:
    """One row as a post."""
    notes: list[str] = []
    message = record.get("Message")
    message = message if isinstance(message, str) and message else None
    address = cell(record, "URL")
    opened = next((link for name in LINK_COLUMNS if (link := cell(record, name)) is not None), None)
    # A post's link to itself, which pictures and films have, is nothing that anyone shared.
    shared = [opened] if opened and opened != address and "facebook.com/" not in opened else []
    post = Post(
        platform="facebook",
        account_id=_account_id(record, notes),
        time=created(record, notes),
        post_id=_post_id(address),
        text=message,
        urls=tuple(dict.fromkeys([*shared, *(links_in(message) or ())])),
        hashtags=hashtags_in(message),
        mentions=mentions_in(message),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The page as it was when it posted."""
    return Account(
        platform="facebook",
        account_id=_account_id(record, []),
        handle=cell(record, "User Name"),
        name=cell(record, "Page Name") or cell(record, "Group Name"),
        bio=cell(record, "Page Description"),
        created_at=known_time(record.get("Page Created")),
        followers=count(record.get("Followers at Posting")),
    )


def _account_id(record: Record, notes: list[str]) -> str:
    written = cell(record, "Facebook Id")
    if known := whole(written):
        return known
    name = cell(record, "User Name") or cell(record, "Page Name") or cell(record, "Group Name")
    if name is None:
        raise LeaveOut("no account id" if written is None else "account id rounded by a spreadsheet", written or "")
    notes.append(NAME_STANDS_IN if written is None else LOST_ACCOUNT)
    return name


def _post_id(address: str | None) -> str | None:
    """The number in the post's address; the address itself where there is none."""
    found = POST_NUMBER.search(address) if address else None
    return (found.group(1) or found.group(2)) if found else address


READER = Reader(
    name="crowdtangle-facebook",
    title="a CrowdTangle export of Facebook posts",
    source="https://help.crowdtangle.com/en/articles/3213537-crowdtangle-codebook",
    shape="table",
    columns=(
        "Page Name",
        "Group Name",
        "User Name",
        "Facebook Id",
        "Page Category",
        "Page Description",
        "Page Created",
        "Likes at Posting",
        "Followers at Posting",
        "Post Created",
        "Created",
        "Type",
        "Total Interactions",
        "URL",
        "Message",
        "Link",
        "Final Link",
        "Image Text",
        "Link Text",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=(
        "A zone such as EST or CET is the fixed offset of that name.",
        "Only public pages, groups and verified profiles that somebody had listed are in such a file.",
    ),
    samples=(
        {
            "Page Name": "Ana's page",
            "User Name": "anaspage",
            "Facebook Id": "100000000000001",
            "Followers at Posting": "1,234",
            "Post Created": "2021-05-01 10:00:00 EDT",
            "Type": "Link",
            "Total Interactions": "1,002",
            "URL": "https://www.facebook.com/100000000000001/posts/4000000000000001",
            "Message": "Look at this #OpenGate",
            "Link": "https://short.example/a",
            "Final Link": "https://example.org/a",
        },
        {
            "Group Name": "Ben's group",
            "User Name": "",
            "Facebook Id": "1.00064E+14",
            "Created": "2018-01-02 03:04:05 EST",
            "Type": "Status",
            "URL": "https://www.facebook.com/groups/200000000000001/permalink/300000000000001",
            "Message": "Hello",
            "Link": "",
        },
    ),
)
