"""The page of panels: what a list, or everybody, used in a stretch of time, with what it has to be seen beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from groundswell.watch.audit import Precision
from groundswell.watch.controls import N_CONTROLS, draw_controls
from groundswell.watch.history import Lead, lead
from groundswell.watch.log import Ints, Log
from groundswell.watch.panel import Answer, Panel, panels
from groundswell.watch.placebo import Placebo, placebo
from groundswell.watch.placebo_nights import FalseAlarms, Night, false_alarms
from groundswell.watch.row import Row
from groundswell.watch.scope import Scope
from groundswell.watch.sentence import watch_sentence
from groundswell.watch.span import Span


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A page of panels."""

    span: Span
    list_name: str | None
    n_members: int
    """Accounts on the list at the time; 0 for everybody."""
    n_seen: int
    """Of them, those that wrote anything in the study."""
    n_posts: int
    n_posts_all: int
    controls: tuple[tuple[int, int], ...]
    """Accounts of each control list, and members that had no match."""
    precision: Precision | None
    """None where nobody audited the list: «precision unknown»."""
    answers: tuple[tuple[Panel, Answer], ...]
    placebo: Placebo | None
    """Of this very page."""
    nights: tuple[Night, ...] = ()
    """The nightly placebo for the same list and length, up to the end of the stretch; empty where none was run."""
    sentence: str | None
    """Of the list's first hashtag, with its share, lift and order; None without a list or a hashtag."""
    lead: Lead | None

    @property
    def first_hashtag(self) -> Row | None:
        """The most used hashtag; None where nobody used one."""
        rows = (row for panel, answer in self.answers if panel.name == "hashtags" for row in answer.rows)
        return next((row for row in rows if isinstance(row, Row)), None)

    @property
    def false_alarms(self) -> FalseAlarms | None:
        """How often such pages ring for nothing; None where no night was tried."""
        return false_alarms(self.nights)

    def as_json(self) -> dict[str, Any]:
        """The page, for programs."""
        nightly = self.false_alarms
        return {
            "span": self.span.as_json(),
            "list": self.list_name,
            "members": self.n_members,
            "members_seen": self.n_seen,
            "posts": self.n_posts,
            "posts_all": self.n_posts_all,
            "controls": [{"accounts": n, "unmatched": missing} for n, missing in self.controls],
            "precision": self.precision.as_json() if self.precision else "precision unknown",
            "placebo": self.placebo.as_json() if self.placebo else None,
            "placebo_nights": nightly.as_json() if nightly else None,
            "sentence": self.sentence,
            "lead": self.lead.as_json() if self.lead else None,
            "panels": {
                panel.name: {"title": panel.title, "caption": panel.caption, **answer.as_json()}
                for panel, answer in self.answers
            },
        }


def watch(
    log: Log,
    span: Span,
    *,
    list_name: str | None = None,
    account_ids: Sequence[str] | None = None,
    precision: Precision | None = None,
    nights: Sequence[Night] = (),
    n_controls: int = N_CONTROLS,
    top: int = 20,
    seed: int = 0,
    only: Sequence[str] = (),
) -> Watched:
    """Answer every panel, or those named in `only`.

    Parameters
    ----------
    log
        What was used when.
    account_ids
        Who is on the list at the end of the stretch; None looks at everybody.
    nights
        Every night on which the placebo was tried; those of this list and this length are told.
    """
    members: Ints | None = None if account_ids is None else log.numbers_of(account_ids)
    controls = () if members is None else draw_controls(log.people, members, n=n_controls, seed=seed)
    scope = Scope(log=log, span=span, members=members, controls=controls, top=top)
    answers = tuple((panel, panel.answer(scope)) for panel in panels() if not only or panel.name in only)
    first = next((row for panel, answer in answers if panel.name == "hashtags" for row in answer.rows), None)
    order = lead(scope, "hashtag", first.item) if isinstance(first, Row) and members is not None else None
    return Watched(
        span=span,
        list_name=list_name,
        n_members=0 if account_ids is None else len(account_ids),
        n_seen=0 if members is None else len(members),
        n_posts=scope.n_posts(members),
        n_posts_all=scope.n_posts(None),
        controls=tuple((len(one.accounts), one.n_unmatched) for one in controls),
        precision=precision,
        answers=answers,
        placebo=placebo(scope, seed=seed) if controls else None,
        nights=tuple(
            one for one in nights if (one.list_name, one.hours) == (list_name, span.hours) and one.until <= span.at
        ),
        sentence=watch_sentence(first, shown=f"#{first.name}", n_members=len(account_ids or ()), span=span, lead=order)
        if isinstance(first, Row) and members is not None
        else None,
        lead=order,
    )
