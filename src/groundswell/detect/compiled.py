"""Compiled Python, where the detectors look for it; how it works stands in `engine.compiled`."""

from __future__ import annotations

from groundswell.engine.compiled import COMPILES, compiled, prefetch

__all__ = ["COMPILES", "compiled", "prefetch"]
