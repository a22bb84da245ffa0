"""Domains that a share log names."""

from __future__ import annotations

from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace, named_outright

TRACE = Trace(
    name="domain",
    question="Who shared pages of the same sites?",
    words=Words("shared", "site", "sites"),
    find=lambda engine: named_outright("domain"),
    source="Righetti & Balluff, CooRTweet, https://github.com/nicolarighetti/CooRTweet",
    innocent=(
        "one organisation posting from its official accounts",
        "something many people wait for",
        "several accounts fed by the same scheduling tool or feed",
    ),
)
