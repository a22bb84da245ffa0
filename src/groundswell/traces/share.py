"""A share log that names its objects but not their kind."""

from __future__ import annotations

from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace, named_outright

TRACE = Trace(
    name="share",
    question="Who shared the same objects?",
    words=Words("shared", "object", "objects"),
    find=lambda engine: named_outright("share"),
    source="Righetti & Balluff, CooRTweet, https://github.com/nicolarighetti/CooRTweet",
    innocent=(
        "one organisation posting from its official accounts",
        "something many people wait for",
        "several accounts fed by the same scheduling tool or feed",
    ),
)
