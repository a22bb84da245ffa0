"""Grammar: texts from rules."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.simulate.grammar import Grammar


def test_a_symbol_becomes_one_of_its_lines_each_time_anew():
    grammar = Grammar({"start": ("{one} and {one}",), "one": ("tea", "bread")})
    said = {grammar.say(np.random.default_rng(seed)) for seed in range(40)}

    assert said == {"Tea and tea", "Tea and bread", "Bread and tea", "Bread and bread"}


def test_every_sentence_begins_with_a_capital_letter():
    grammar = Grammar({"start": ("{one}. {one}? {one}!",), "one": ("it rains, it pours",)})

    assert grammar.say(np.random.default_rng(0)) == "It rains, it pours. It rains, it pours? It rains, it pours!"


def test_a_rule_that_nobody_wrote_is_named_before_anything_is_said():
    with pytest.raises(ValueError, match="no rule for gate"):
        Grammar({"start": ("Open the {gate}!",)})
