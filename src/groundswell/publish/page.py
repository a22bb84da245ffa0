"""Templates to pages: escaping is on, a name that is missing is an error, and the style is allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from groundswell.model.finding import Verdict
from groundswell.publish.frame import ALONE, Frame
from groundswell.publish.language import in_language, island_words
from groundswell.publish.translation import MARK, translated_page

DENOMINATOR = re.compile(r"\d[\d,]* of (?:the |all )?\d[\d,]*(?: [a-z]+)?")

OURS = (Markup(""), Markup(' class="n"'), Markup(MARK))
"""How a cell is marked: what somebody wrote, a figure of ours, words of ours. `translation` reads these."""

CHIP = {
    Verdict.ORGANIC: "same",
    Verdict.OPEN: "open",
    Verdict.DECEPTIVE: "beyond",
    Verdict.INAUTHENTIC: "beyond",
    Verdict.CANNOT_TELL: "unknown",
}
"""The look of each verdict's chip: none of them alarms."""


def page(template: str, *, frame: Frame = ALONE, **content: Any) -> str:
    """Fill a template, in the language of its frame. Everything that isn't `Markup` is escaped."""
    html = _templates().get_template(template).render(frame=frame, **_style(), **content)
    return translated_page(html, frame.language)


def part_of_page(template: str, block: str, *, frame: Frame = ALONE, **content: Any) -> Markup:
    """Fill one block of a template, such as ``main``, to be framed later; nothing where it leaves the block alone.

    The block has to import the macros it uses itself: what stands above the blocks of a template is not run.
    """
    found = _templates().get_template(template)
    if block not in found.blocks:
        return Markup("")
    context = found.new_context({"frame": frame, **_style(), **content})
    return Markup("".join(found.blocks[block](context)))


def stylesheet() -> str:
    """The one stylesheet of all pages."""
    return _text("static", "groundswell.css")


def _style() -> dict[str, str]:
    style = stylesheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "style_hash": f"sha256-{digest}"}


def with_denominator(sentence: str) -> Markup:
    """A sentence with its first «14 of 9,829 accounts» underlined: the eye lands on the part and its whole together."""
    found = DENOMINATOR.search(sentence)
    if not found:
        return escape(sentence)
    before, part, after = sentence[: found.start()], found.group(), sentence[found.end() :]
    return Markup("{}<em>{}</em>{}").format(before, part, after)


def printed(sentence: str) -> str:
    """A sentence whose numbers stay on the line of their unit."""
    return sentence.replace(" %", "\u00a0%")


def verdict_words(verdict: Verdict) -> str:
    """A verdict as the start of a line."""
    return verdict.value[0].upper() + verdict.value[1:]


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FunctionLoader(lambda name: _text("templates", name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.globals["_"] = _said
    templates.globals["OURS"] = OURS
    templates.globals["island_words"] = island_words
    return templates


@pass_context
def _said(context: Context, words: str) -> str:
    """``_("…")`` in a template: the words in the language of the frame."""
    return in_language(words, context["frame"].language)


@cache
def _text(folder: str, name: str) -> str:
    return (files("groundswell.publish") / folder / name).read_text(encoding="utf-8")
