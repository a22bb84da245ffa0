"""SQL that is written once, in DuckDB's dialect, as Spark understands it.

    query with $names ──► query with :names

Most of it is sqlglot's work. What it leaves as it stood is mended here, each case with a test that asks both engines.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from groundswell.errors import MissingExtra
from groundswell.model.post import POSTS

LISTS = frozenset(name for name, kind in POSTS.columns.items() if kind.endswith("[]"))
"""Columns that hold lists: what DuckDB calls ``len`` is ``size`` for these and ``length`` for text."""


@cache
def spark_sql(sql: str) -> str:
    """The query in Spark's dialect; parameters stay parameters, nothing is pasted in.

    Raises
    ------
    MissingExtra
        sqlglot is not installed.
    """
    try:
        import sqlglot
        from sqlglot import exp
    except ImportError:
        raise MissingExtra("spark", "Spark", "sqlglot") from None
    tree = sqlglot.parse_one(sql, read="duckdb")
    for mend in (_times, _lengths, _cut, _zipped, _modes):
        tree = tree.transform(_only(exp, mend))
    return str(tree.sql(dialect="spark"))


def _only(exp: Any, mend: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    return lambda node: mend(exp, node)


def _times(exp: Any, node: Any) -> Any:
    """Microseconds since 1970. Times have no zone in either engine; Spark counts those only that have one, here UTC."""
    if isinstance(node, exp.Anonymous) and str(node.this).upper() == "EPOCH_US":
        return exp.Anonymous(this="unix_micros", expressions=[exp.cast(node.expressions[0], "timestamptz")])
    return node


def _lengths(exp: Any, node: Any) -> Any:
    """How many items a list has."""
    if isinstance(node, exp.Length) and isinstance(node.this, exp.Column) and node.this.name in LISTS:
        return exp.Anonymous(this="size", expressions=[node.this])
    return node


def _cut(exp: Any, node: Any) -> Any:
    """The characters of a text from one place to another, both counted: ``text[1:16]``."""
    if isinstance(node, exp.Bracket) and isinstance(node.expressions[0], exp.Slice):
        first, last = (int(node.expressions[0].args[end].name) for end in ("this", "expression"))
        places = [exp.Literal.number(first), exp.Literal.number(last - first + 1)]
        return exp.Anonymous(this="substring", expressions=[node.this, *places])
    return node


def _zipped(exp: Any, node: Any) -> Any:
    """Lists that come apart side by side: Spark has one such function a query, so they are zipped before.

    As in DuckDB, the shorter list is filled up with NULL. `generate_subscripts` numbers the places of a list from 1.
    """
    if not isinstance(node, exp.Select):
        return node
    apart = [one for one in node.expressions if _list_of(exp, one) is not None]
    if len(apart) < 2:
        return node
    lists = exp.Anonymous(this="arrays_zip", expressions=[_list_of(exp, one) for one in apart])
    names = [exp.to_identifier(one.alias) for one in apart]
    zipped = exp.Aliases(this=exp.Anonymous(this="inline", expressions=[lists]), expressions=names)
    node.set("expressions", [zipped, *(one for one in node.expressions if one not in apart)])
    return node


def _list_of(exp: Any, column: Any) -> Any:
    """The list that a column of a query takes apart; None if it takes none."""
    inner = column.this if isinstance(column, exp.Alias) else column
    if isinstance(inner, (exp.Explode, exp.Unnest)):
        return inner.this if isinstance(inner, exp.Explode) else inner.expressions[0]
    if isinstance(inner, exp.Anonymous) and str(inner.this).upper() == "GENERATE_SUBSCRIPTS":
        # A sequence from 1 to the size would count down from 1 to 0 where the list is empty.
        listed = inner.expressions[0].sql(dialect="spark")
        return exp.maybe_parse(f"transform({listed}, (item, place) -> place + 1)", dialect="spark")
    return None


def _modes(exp: Any, node: Any) -> Any:
    """The most frequent value, of ties the first: ``mode(x order by x)`` in DuckDB, ``mode(x, true)`` in Spark."""
    if isinstance(node, exp.Mode) and isinstance(node.this, exp.Order):
        return exp.Anonymous(this="mode", expressions=[node.this.this, exp.true()])
    return node
