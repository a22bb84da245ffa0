"""The page of one account: why it is here, which posts would take it out, and what the page does not say.

Explanation ──► Leaf      the first page that the accused looks for
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundswell.assess.explanation import Answer, Explanation
from groundswell.model.dispute import Standing
from groundswell.model.group import Outcome
from groundswell.publish.corrections import redacted
from groundswell.publish.edition import Edition
from groundswell.publish.pointers import Pointers
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.spelling import count, lag, moment
from groundswell.traces.kinds import words

MOST_MEETINGS = 200

SCOPE = ("version", "run_id", "made_up", "title", "scope_counts", "dates", "clock", "names_note")
"""What of the report's content stands on every page."""

TEXTS = "select post_id, min(text) from posts where post_id in (select unnest($post_ids)) group by post_id"


def account_address(edition: Edition, account_id: str) -> str:
    """Where an account's page lies: under its pseudonym, also where handles are shown."""
    return f"accounts/{edition.redaction.pseudonym(account_id)}.html"


def account_page(edition: Edition, found: Explanation, content: Mapping[str, Any]) -> Leaf:
    """The page of an account that was explained; `content` is the report's."""
    standings = _standings(edition, found.account_id)
    history = {row.dispute_id: row for _, stands in standings for row in stands.history}
    say, name = edition.redaction.names, edition.redaction.account(found.account_id)
    inside = [answer for answer in found.answers if answer.membership.inside]
    home = next((answer for answer in inside if answer.outcome is Outcome.REPORTED), None)
    return Leaf(
        address=account_address(edition, found.account_id),
        words=f"Account {name}",
        template="site/account.html",
        content={
            **{part: content[part] for part in SCOPE},
            "account": name,
            "n_account_posts": count(found.n_posts),
            "headline": say(found.headline),
            "answers": [_answer(edition, answer) for answer in found.answers],
            "disputed": [(group_id, str(stands.status)) for group_id, stands in standings],
            "replies_so_far": [redacted(row, edition.redaction) for row in history.values()],
        },
        below=(
            ("Summary", "index.html"),
            *(((f"Group {home.group_id}", f"groups/{home.group_id}.html"),) if home else ()),
        ),
    )


def _standings(edition: Edition, account_id: str) -> list[tuple[str, Standing]]:
    """The groups of an account that were disputed, by name, and how each stands."""
    inside = [group for group in edition.reported if account_id in group.account_ids]
    return [(group.group_id, edition.standing(group)) for group in inside if edition.standing(group).history]


def _answer(edition: Edition, answer: Answer) -> dict[str, Any]:
    place = answer.membership
    listed = place.meetings[:MOST_MEETINGS]
    kind = words(place.kind)
    texts = dict(edition.engine.rows(TEXTS, post_ids=sorted({meeting.post_id for meeting in listed})))
    pointers = Pointers(edition, (meeting.post_id for meeting in place.meetings))
    hinges = set(place.hinges_on)
    return {
        "group_id": answer.group_id,
        "reported": answer.outcome is Outcome.REPORTED,
        "inside": place.inside,
        "sentences": [edition.redaction.names(sentence) for sentence in answer.sentences],
        "n_hinges": len(hinges),
        "all_hinge": len(hinges) == len(place.meetings),
        "more": count(len(place.meetings) - len(listed)) if len(place.meetings) > len(listed) else None,
        "steps": f"{count(len(place.meetings))} of {count(place.n_shared)} {kind.many} in step, within"
        f" {lag(place.window_s)}, in order of time.",
        "meetings": [
            {
                "number": number,
                "time": moment(meeting.time),
                "iso": meeting.time,
                "beside": f"{count(len(meeting.account_ids))} of the others; {lag(abs(meeting.lag_s))}"
                f" {'before' if meeting.lag_s < 0 else 'after'} the nearest",
                "thing": edition.redaction.thing(place.kind, meeting.object_id),
                "text": edition.redaction.text(texts[meeting.post_id]) if texts.get(meeting.post_id) else None,
                "where": pointers.listed([meeting.post_id], 1),
                "preserved": edition.preserved(meeting.post_id),
                "hinge": meeting.post_id in hinges,
            }
            for number, meeting in enumerate(listed, 1)
        ],
    }
