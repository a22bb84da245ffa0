"""An edition: everything the pages and files of one run are made of, in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from groundswell.engine.engine import Engine
from groundswell.model.dispute import Dispute, Standing, standing
from groundswell.model.finding import Assessment, Finding
from groundswell.model.group import Group, Outcome
from groundswell.model.ledger import FileLedger
from groundswell.model.multiverse import Multiverse
from groundswell.model.power import Power
from groundswell.model.run import Parameters
from groundswell.publish.personas_findings import PersonasFindings
from groundswell.publish.redaction import Redaction
from groundswell.store.follows import FollowList

ACCOUNTS_SEEN = """
with seen as (select distinct account_id from posts union select distinct account_id from traces),
     told as (select account_id, min(handle) as handle, min(name) as name from accounts group by account_id)
select account_id, handle, name from seen left join told using (account_id)
union all
select account_id, handle, name from told anti join seen using (account_id)
order by account_id
"""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What is published of a run. Looking at it computes counts, never findings."""

    engine: Engine
    """Holds ``posts``, ``accounts``, ``traces``, ``links`` and ``meetings`` as their contracts say."""
    groups: tuple[Group, ...]
    """All that the scan looked at closely, whatever the outcome."""
    assessment: Assessment
    ledgers: tuple[FileLedger, ...]
    parameters: Parameters
    title: str
    run_id: str
    version: str
    made_up: bool
    """Whether the posts were simulated; every page says so."""
    precision_s: float
    """The clock's grain in seconds."""
    refused_windows_s: tuple[float, ...]
    """Windows finer than the clock, in seconds, which were not used."""
    pseudonym_key: bytes
    """The study's secret. Whoever holds it can tell which account a pseudonym stands for."""
    multiverse: tuple[Multiverse, ...] = ()
    """What became of each reported group in other settings."""
    power: Power | None = None
    """What would have been seen; None if nothing was planted."""
    disputes: tuple[Dispute, ...] = ()
    """What was said against its findings, in the order it was entered."""
    personas: PersonasFindings | None = None
    """What the study keeps of names, pictures and single posts; None if nothing."""
    follow_lists: tuple[FollowList, ...] = ()
    """Lists of who follows whom that the groups were weighed with."""
    captures: Mapping[str, tuple[str, ...]] | None = None
    """Captures of posts, by post id; None where nobody looked, as for made-up posts."""

    @cached_property
    def reported(self) -> tuple[Group, ...]:
        """The groups that the report may speak of as groups."""
        return tuple(group for group in self.groups if group.outcome is Outcome.REPORTED)

    @cached_property
    def redaction(self) -> Redaction:
        """How accounts are called in everything that leaves the house."""
        return Redaction(self.engine.rows(ACCOUNTS_SEEN), self.pseudonym_key, shown=self.parameters.show_handles)

    def finding(self, group: Group) -> Finding | None:
        """What the assessment says of a group."""
        return next((one for one in self.assessment.findings if one.group_id == group.group_id), None)

    def settings(self, group: Group) -> Multiverse | None:
        """What became of a group in other settings; None if none were tried."""
        return next((one for one in self.multiverse if one.group_id == group.group_id), None)

    def preserved(self, post_id: str) -> str | None:
        """Whether a post is preserved, in words; None where nobody looked."""
        if self.captures is None:
            return None
        held = self.captures.get(post_id, ())
        return f"Preserved: capture {', '.join(held)}" if held else "Not preserved"

    def standing(self, group: Group) -> Standing:
        """Whether a finding is disputed, and what became of that."""
        return standing(self.disputes, group.group_id, group.account_ids)
