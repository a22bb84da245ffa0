"""What the documents are about, where nobody said: the hashtag that the most of them hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from groundswell.claims.document import Document
from groundswell.errors import WrongUse

_TAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")


def likely_topic(documents: Iterable[Document]) -> str:
    """The hashtag in the most documents, as it is most often written.

    Raises
    ------
    WrongUse
        No document holds a hashtag.
    """
    holding: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for one in documents:
        tags = _TAG.findall(one.text)
        holding.update({tag.casefold() for tag in tags})
        written.update(tags)
    if not holding:
        raise WrongUse(
            "No document holds a hashtag, so it is open what they are about.\n"
            "  Name the campaign as they write it: `--about '#OpenGate'` or `--about 'the harbour petition'`."
        )
    best = min(holding, key=lambda tag: (-holding[tag], tag))
    return "#" + min((tag for tag in written if tag.casefold() == best), key=lambda tag: (-written[tag], tag))
