"""Dropping a file in registers it: every value of a given name in the modules of a package."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def found(package: ModuleType, name: str) -> list[Any]:
    """Every value called `name` in a module of `package`, in the order of the modules' names."""
    modules = (import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__))
    return [getattr(module, name) for module in modules if hasattr(module, name)]
