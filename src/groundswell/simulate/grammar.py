"""Small grammars that make up texts: ``{word}`` stands for any of the rule's lines, drawn anew each time.

>>> import numpy as np
>>> tide = Grammar({"start": ("The {time} tide is {state}.",), "time": ("morning",), "state": ("in",)})
>>> tide.say(np.random.default_rng(0))
'The morning tide is in.'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

_SYMBOL = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(^|[.?!] )(\w)")


class Grammar:
    """Rules from a symbol to the lines it may become."""

    def __init__(self, rules: Mapping[str, Sequence[str]]) -> None:
        used = {symbol for lines in rules.values() for line in lines for symbol in _SYMBOL.findall(line)}
        if unknown := sorted(used - set(rules)):
            raise ValueError(f"no rule for {', '.join(unknown)}")
        self.rules = {symbol: tuple(lines) for symbol, lines in rules.items()}

    def say(self, rng: np.random.Generator, symbol: str = "start") -> str:
        """A text that begins at `symbol`, each sentence with a capital letter."""
        return _SENTENCE.sub(lambda found: found[1] + found[2].upper(), self._filled(rng, symbol))

    def _filled(self, rng: np.random.Generator, symbol: str) -> str:
        lines = self.rules[symbol]
        line = lines[int(rng.integers(len(lines)))]
        return _SYMBOL.sub(lambda found: self._filled(rng, found[1]), line)
