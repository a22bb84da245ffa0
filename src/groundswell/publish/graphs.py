"""The network of links as GEXF 1.3 and GraphML: written by hand, well-formed for any id a platform may think of.

Nodes are numbered; what they are called is an attribute. Two accounts may be joined by several edges, one for each
kind of trace and window. Characters that XML 1.0 has no way to write are spelt out.

Formats: https://gexf.net/1.3/ and http://graphml.graphdrawing.org/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import quoteattr

from groundswell.publish.redaction import inert

NODE_FIELDS = (("label", "string"), ("group", "string"), ("n_links", "integer"))
EDGE_FIELDS = (
    *(("kind", "string"), ("window_s", "double"), ("n_objects", "integer"), ("n_shared", "integer")),
    *(("expected", "double"), ("p_timing", "double"), ("p_selection", "double")),
    *(("q_timing", "double"), ("q_selection", "double"), ("first_time", "string"), ("last_time", "string")),
    ("group", "string"),
)
REMEMBERED = 4096
"""Texts whose spelling is kept: kinds, times and groups come again and again. Numbers need none."""
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gexf(members: dict[str, str], edges: Iterable[Sequence[Any]], description: str) -> Iterator[str]:
    """The network as GEXF 1.3, line by line.

    Parameters
    ----------
    members
        Group letter or id of each account in a reported group; they are drawn even where no edge reaches them.
    edges
        Rows of `groundswell.publish.tables.edges`.
    description
        What the file is and is not; it travels inside.
    """
    listed = list(edges)
    nodes = _nodes(members, listed)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield f"<meta><description>{_content(description)}</description></meta>"
    yield '<graph defaultedgetype="undirected" mode="static">'
    for owner, fields in (("node", NODE_FIELDS[1:]), ("edge", EDGE_FIELDS)):
        yield f'<attributes class="{owner}">'
        for number, (title, kind) in enumerate(fields):
            yield f'<attribute id="{number}" title="{title}" type="{kind}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for name, (number, group, n_links) in nodes.items():
        values = _values((group, n_links))
        yield f'<node id="n{number}" label={_quoted(name)}><attvalues>{values}</attvalues></node>'
    yield "</nodes>"
    yield "<edges>"
    for number, (a, b, *figures) in enumerate(listed):
        ends = f'source="n{nodes[a][0]}" target="n{nodes[b][0]}"'
        yield (
            f'<edge id="e{number}" {ends} kind={_quoted(figures[0])} weight="{figures[2]}">'
            f"<attvalues>{_values(figures)}</attvalues></edge>"
        )
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def graphml(members: dict[str, str], edges: Iterable[Sequence[Any]], description: str) -> Iterator[str]:
    """The network as GraphML, line by line; see `gexf`."""
    listed = list(edges)
    nodes = _nodes(members, listed)
    types = {"integer": "long"}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield f"<desc>{_content(description)}</desc>"
    for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for title, kind in fields:
            about = f'id="{owner}_{title}" for="{owner}" attr.name="{title}" attr.type="{types.get(kind, kind)}"'
            yield f"<key {about}/>"
    yield '<graph edgedefault="undirected">'
    for name, (number, group, n_links) in nodes.items():
        yield f'<node id="n{number}">{_data("node", NODE_FIELDS, (name, group, n_links))}</node>'
    for number, (a, b, *figures) in enumerate(listed):
        ends = f'source="n{nodes[a][0]}" target="n{nodes[b][0]}"'
        yield f'<edge id="e{number}" {ends}>{_data("edge", EDGE_FIELDS, figures)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _nodes(members: dict[str, str], edges: Sequence[Sequence[Any]]) -> dict[str, tuple[int, str, int]]:
    """Each account's number, group and number of edges, in the order of the names."""
    n_links = dict.fromkeys(members, 0)
    for a, b, *_ in edges:
        n_links[a] = n_links.get(a, 0) + 1
        n_links[b] = n_links.get(b, 0) + 1
    return {name: (at, members.get(name, ""), n_links[name]) for at, name in enumerate(sorted(n_links))}


def _values(values: Sequence[Any]) -> str:
    """GEXF attribute values; an unknown one is left out, for an empty number is no number."""
    return "".join(
        f'<attvalue for="{number}" value={_attribute(value)}/>'
        for number, value in enumerate(values)
        if value is not None and value != ""
    )


def _data(owner: str, fields: Sequence[tuple[str, str]], values: Sequence[Any]) -> str:
    return "".join(
        f'<data key="{owner}_{name}">{_content(value) if isinstance(value, str) else value}</data>'
        for (name, _), value in zip(fields, values, strict=True)
        if value is not None and value != ""
    )


def _attribute(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else f'"{value}"'


@lru_cache(REMEMBERED)
def _quoted(text: str) -> str:
    return quoteattr(NOT_XML.sub("�", inert(text)))


@lru_cache(REMEMBERED)
def _content(text: str) -> str:
    return NOT_XML.sub("�", inert(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
