"""Records from JSON: the way back for what `dataclasses.asdict` wrote."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def revive(kind: type[T], value: Any) -> T:
    """Make a `kind` of plain JSON values; what a record does not know is ignored, what it lacks keeps its default."""
    revived: T = _revived(kind, value)
    return revived


def _revived(kind: Any, value: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _revived(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        inner = (args[0] for _ in value) if len(args) == 2 and args[1] is Ellipsis else iter(args)
        return tuple(_revived(one, each) for one, each in zip(inner, value, strict=True))
    if origin in (dict, Mapping):
        return dict(value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        make: Any = kind
        return make(**{f.name: _revived(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    return value
