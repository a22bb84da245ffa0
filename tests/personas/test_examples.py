"""The examples in the package's docstrings are what happens."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

import groundswell.personas

MODULES = [module.name for module in iter_modules(groundswell.personas.__path__) if not module.ispkg]


def examples(name):
    return doctest.testmod(import_module(f"groundswell.personas.{name}"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_hold(name):
    assert examples(name).failed == 0


def test_there_are_examples():
    assert sum(examples(name).attempted for name in MODULES) >= 10
