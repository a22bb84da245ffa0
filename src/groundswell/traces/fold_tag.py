"""One form for a hashtag however it is written."""

from __future__ import annotations

import unicodedata


def fold_tag(tag: str) -> str:
    """Fold case and compatibility forms, and drop the leading sign.

    >>> fold_tag("#OpenGate"), fold_tag("＃ＯｐｅｎＧａｔｅ")
    ('opengate', 'opengate')
    """
    return unicodedata.normalize("NFKC", tag).casefold().strip().lstrip("#")
