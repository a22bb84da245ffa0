"""Texts made comparable: what is left of a post once links, handles, case and invisible characters are gone.

    "Read THIS now: https://t.co/x  @ana"  ──►  "read this now:"

The raw text is never changed; only the comparison uses this form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from groundswell.engine.engine import Engine
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.traces.plain_text import plain_forms

FEWEST_WORDS = 5
"""Shorter texts are repeated by chance all the time («thank you so much»)."""

FOLDED_TEXTS = TableContract("folded_texts", {"text": "text", "form": "text"}, order=("text",))

TEXTS = "select distinct text from posts where text is not null"

NORMAL_TEXTS = "select text, form, sha256(form)[1:16] as object_id from folded_texts"
"""The ids are those of `text_object`."""

WORDED = """
select n.object_id, account_id, post_id, time, is_repost, repost_of, repost_of_account
from posts join normal_texts as n on posts.text = n.text
"""
"""Each post whose text is long enough, with the id of its form. Texts are long, so they are read and joined once."""

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@[\w.\-]+(?:@[\w.\-]+)?")
_WORD = re.compile(r"\w+")
# Zero-width characters, bidi controls, soft hyphens and variation selectors: invisible, so a copy may differ in them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
# Scripts written without spaces: there, two characters count as a word.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def normal_text(text: str) -> str:
    """Fold a text to the form in which copies are equal.

    >>> normal_text("Read THIS now:  https://t.co/x @ana")
    'read this now:'
    """
    # Most posts are plain and need no pattern: 6 µs a post instead of 19.
    folded = text.casefold() if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    if "http" in folded or "www." in folded:
        folded = _LINK.sub(" ", folded)
    if "@" in folded:
        folded = _HANDLE.sub(" ", folded)
    return " ".join(folded.split())


def n_words(text: str) -> int:
    """Words in a normalised text; in scripts without spaces, one for every two characters."""
    unspaced = len(UNSPACED.findall(text))
    return len(_WORD.findall(UNSPACED.sub(" ", text))) + unspaced // 2


def text_object(text: str) -> str | None:
    """The id under which copies of a text meet, or None for a text too short to compare."""
    folded = normal_text(text)
    if n_words(folded) < FEWEST_WORDS:
        return None
    return sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def normal_forms(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Each text that is long enough to compare, and its normal form; in the order of `texts`."""
    plain = [text for text in texts if text.isascii()]
    of_plain = zip(*plain_forms(plain), strict=True)
    found = []
    for text in texts:
        form, words = next(of_plain) if text.isascii() else _folded(text)
        if words >= FEWEST_WORDS:
            found.append((text, form))
    return found


def _folded(text: str) -> tuple[str, int]:
    form = normal_text(text)
    return form, n_words(form)


def define_normal_texts(engine: Engine) -> None:
    """Make two tables of texts that are long enough to compare.

    ``normal_texts`` has each distinct text, its form, and the form's id; ``worded`` each post that holds one, by id.
    """
    engine.derive(FOLDED_TEXTS, TEXTS, _forms)
    engine.define("normal_texts", NORMAL_TEXTS)
    engine.define("worded", WORDED)


def _forms(columns: Columns) -> Columns:
    """The normal form of each text that is long enough to compare."""
    found = normal_forms(columns["text"].tolist())
    return {"text": text_column(text for text, _ in found), "form": text_column(form for _, form in found)}
