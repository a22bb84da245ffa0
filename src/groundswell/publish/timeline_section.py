"""Posts over time, in the report: the drawing, its peak beside what is usual then, and the same as a table.

Rhythm, Scope ──► sentence · drawing · caption · rows
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from groundswell.assess.wording import counted
from groundswell.publish.figures.timeline import step_words, timeline, when
from groundswell.publish.rhythm import Rhythm
from groundswell.publish.scope import Scope
from groundswell.publish.spelling import count, days


def timeline_section(over_time: Rhythm, seen: Scope, n_members: int) -> dict[str, Any]:
    """What the report asks for under «timeline»."""
    peak = int(over_time.posts.argmax())
    at, most = when(over_time, peak), count(over_time.posts[peak])
    sentence = f"The most posts {step_words(over_time)}: {most}, {at} UTC."
    head = [("From, UTC", 2), ("Posts", 1), ("By members", 1)]
    steps = range(len(over_time.posts))
    rows = [
        [when(over_time, i), count(over_time.posts[i]), count(over_time.members[i])]
        for i in steps
        if over_time.posts[i]
    ]
    if over_time.low is not None and over_time.high is not None:
        low, high = over_time.low[peak], over_time.high[peak]
        usual = "the same hour of other days" if over_time.cycle == "day" else "the same hour of the week"
        sentence += f" At {usual} there were {count(low)} to {count(high)}."
        head += [("Usual, from", 1), ("to", 1)]
        band = [[count(over_time.low[i]), count(over_time.high[i])] for i in steps if over_time.posts[i]]
        rows = [[*row, *usual_of] for row, usual_of in zip(rows, band, strict=True)]
        grey = Markup("<b>Grey:</b> what {} brought, 10th to 90th percentile, the step itself left out.").format(usual)
    else:
        grey = Markup("<b>No grey band:</b> too few days or weeks repeat here to say what is usual at this step.")
    teal = (
        Markup(" <b>Teal:</b> posts of the {}, on a scale of their own.").format(
            counted(n_members, "member of a reported group", "members of reported groups")
        )
        if n_members
        else Markup("")
    )
    gaps = " An empty stretch may be silence or a gap in the collection; the files do not say."
    label = f"Posts over time, {count(seen.n_posts)} in all, {days(seen.first, seen.last)}. {sentence}"
    return {
        "sentence": sentence,
        "drawing": timeline(over_time, label),
        "caption": Markup("<b>Line:</b> all {} posts. ").format(count(seen.n_posts)) + grey + teal + gaps,
        "head": head,
        "rows": rows,
    }
