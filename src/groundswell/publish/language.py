"""The words around the sentences, in other languages: English text ──► the reader's.

    catalogue/de.toml           "Skip to content" = "Zum Inhalt springen"        what templates mark with `_`
    catalogue/pages.de.toml     "Table of this figure" = "Tabelle zu dieser Abbildung"        what `translated` finds
    catalogue/cells.de.toml     "{} of {}" = "{} von {}"        what stands in cells of tables and in drawings
    catalogue/islands.de.toml   "Copied" = "Kopiert"        what the islands of `web/` say

What a run says was measured word by word in English and stays so, marked as English, until somebody who speaks the
language has weighed each sentence. What stands in no catalogue stays English too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

ENGLISH = "en"

LANGUAGES: Mapping[str, tuple[str, str]] = {
    ENGLISH: ("English", "ltr"),
    "de": ("Deutsch", "ltr"),
    "ar": ("العربية", "rtl"),
}
"""What each language calls itself, and which way it is written."""


def direction(language: str) -> str:
    """``ltr`` or ``rtl``; of a language that is not there, the direction of English."""
    return LANGUAGES.get(language, LANGUAGES[ENGLISH])[1]


def in_language(words: str, language: str) -> str:
    """The words in a language, or as they are where nobody translated them."""
    return all_words(language).get(words, words)


@cache
def all_words(language: str) -> Mapping[str, str]:
    """English to the language, of the frame, of the pages of a run, and of what stands in cells and drawings."""
    return {**catalogue(f"cells.{language}"), **catalogue(f"pages.{language}"), **catalogue(language)}


def island_words(language: str) -> Mapping[str, str]:
    """What the islands of a page say; empty for English, which they know by themselves."""
    return catalogue(f"islands.{language}")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """One file of words, English to the language; empty for English and for languages that are not there."""
    code = language.rpartition(".")[2]
    if code == ENGLISH or code not in LANGUAGES:
        return {}
    place = files("groundswell.publish") / "catalogue" / f"{language}.toml"
    return {str(key): str(value) for key, value in tomllib.loads(place.read_text(encoding="utf-8")).items()}
