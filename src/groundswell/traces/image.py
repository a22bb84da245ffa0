"""Pictures that a share log names by their perceptual hash."""

from __future__ import annotations

from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace, named_outright

TRACE = Trace(
    name="image",
    question="Who posted the same pictures?",
    words=Words("shared", "picture", "pictures"),
    find=lambda engine: named_outright("image"),
    source="Righetti & Balluff, CooRTweet, https://github.com/nicolarighetti/CooRTweet",
    innocent=(
        "one organisation posting from its official accounts",
        "something many people wait for",
        "several accounts fed by the same scheduling tool or feed",
    ),
)
