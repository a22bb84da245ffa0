"""A part of a whole on its track: the dot, the interval, and hatched what missing data could add."""

from __future__ import annotations

import math
from collections.abc import Iterable

from markupsafe import Markup

from groundswell.assess.wording import percent as in_words
from groundswell.model.finding import Share
from groundswell.publish.figures.svg import hatched, percent, rect, strip, tag

HEIGHT = 22


def scale_of(shares: Iterable[Share]) -> float:
    """The end of the axis that shares drawn under one another have in common: a round share up to 1."""
    largest = max((max(share.high, share.high_if_missing or 0.0, share.share) for share in shares), default=1.0)
    if largest <= 0:
        return 0.01
    size = 10 ** math.floor(math.log10(largest))
    return float(min(1.0, next(step * size for step in (1, 2, 5, 10) if step * size >= largest * 0.999)))


def share_strip(share: Share, scale: float) -> Markup:
    """Draw one share on a track from 0 to `scale`."""
    parts = [rect("0", 0, "100%", HEIGHT, "p-sunk")]
    label = f"{in_words(share.share)}, {share.count:,} of {share.whole:,} {share.of}"
    if share.high_if_missing is not None and share.high_if_missing > share.high:
        start = share.high / scale
        parts.append(hatched(percent(start), 0, percent(share.high_if_missing / scale - start), HEIGHT))
        label += f"; up to {in_words(share.high_if_missing)} if all that is missing had belonged"
    if share.high > share.low:
        parts.append(
            rect(percent(share.low / scale), HEIGHT / 2 - 1.5, percent((share.high - share.low) / scale), 3, "p-tide")
        )
        label += f"; 95 % interval {in_words(share.low)} to {in_words(share.high)}"
    parts.append(tag("circle", cx=percent(share.share / scale), cy=HEIGHT / 2, r=5.5, class_="p-tide"))
    return strip(HEIGHT, label + ".", *parts)
