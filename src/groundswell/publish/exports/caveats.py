"""What must travel with every file that leaves the house, because nobody reads the page that it left behind.

    Edition ──► scope · hedge · what the data do not support · where the names come from

A correction or a caveat that stands elsewhere is lost at the first copy. Each export carries these sentences in
the place its format has for them: a header, a note, a comment, a marking.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundswell.assess.wording import counted
from groundswell.publish.edition import Edition
from groundswell.publish.scope import Scope, scope
from groundswell.publish.spelling import days

FOUR_WORDS = (
    "Coordinated is measured against chance. Automated, inauthentic and attributed are three other words, and nothing"
    " here says who is behind anything."
)


@dataclass(frozen=True, kw_only=True)
class Caveats:
    """The sentences, redacted."""

    scope: str
    hedge: str
    names: str
    made_up: str
    """Empty where the data are real."""
    run: str
    not_supported: tuple[str, ...]

    @property
    def short(self) -> str:
        """All that fits on a line: what was looked at, what it does not say, and where it comes from."""
        return " ".join(filter(None, (self.made_up, self.scope, self.hedge, FOUR_WORDS, self.names, self.run)))

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a sentence a line."""
        said = (self.made_up, self.scope, self.hedge, *self.not_supported, FOUR_WORDS, self.names, self.run)
        return tuple(filter(None, said))


def caveats(edition: Edition) -> Caveats:
    """What is to be said wherever this edition goes."""
    say = edition.redaction.names
    shown = edition.parameters.show_handles
    return Caveats(
        scope=_scope(scope(edition.engine)),
        hedge=say(edition.assessment.hedge),
        names="Accounts stand under their own ids: a person decided so."
        if shown
        else "Accounts are pseudonyms; the key stays in the study.",
        made_up="Made-up data; no real account is in them." if edition.made_up else "",
        run=f"groundswell {edition.version}, run {edition.run_id}.",
        not_supported=tuple(say(sentence) for sentence in edition.assessment.not_supported),
    )


def _scope(seen: Scope) -> str:
    posts, accounts = counted(seen.n_posts, "post", "posts"), counted(seen.n_accounts, "account", "accounts")
    return (
        f"{posts} by {accounts}, {days(seen.first, seen.last)}, UTC; how they were collected is unknown, so every share"
        " is one of what was read."
    )
