"""The table of verbs: each can be loaded, and none loads what another needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from groundswell.cli.verbs import VERBS, Loaded


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_a_command_of_its_name_and_says_what_it_does(verb):
    command = Loaded()[verb]

    assert command.name == verb
    assert command.get_short_help_str().endswith(".")


def test_a_misspelt_verb_is_answered_with_the_one_meant(groundswell):
    done = groundswell("inspekt")

    assert done.code == 2
    assert "Did you mean 'inspect'?" in done.err


@pytest.mark.parametrize(("verb", "needless"), [("inspect", "numba"), ("read", "numba"), ("export", "starlette")])
def test_a_verb_does_not_load_what_another_needs(verb, needless):
    loads = f"import sys; from groundswell.cli.verbs import Loaded; Loaded()[{verb!r}]; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)

    assert needless not in ran.stdout.split()
