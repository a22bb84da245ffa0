"""network.gexf and network.graphml: well-formed whatever the ids, and the same network in both."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.publish.graphs import gexf, graphml

GEXF, GRAPHML = "{http://gexf.net/1.3}", "{http://graphml.graphdrawing.org/xmlns}"
NASTY = [
    "\"><&'",
    "]]>",
    "\x00\x0b\x1b",
    "\ud800",
    "\ufffe",
    "مقال",
    "<!ENTITY x SYSTEM 'file:///'>",
    "\U0001f980",
    " ",
    "",
]


def edge(a: str, b: str, **changed: Any) -> tuple[Any, ...]:
    fields = {
        **{"a": a, "b": b, "kind": "url", "window_s": 60.0, "n_objects": 3, "n_shared": 4, "expected": 0.3},
        **{"p_timing": 0.01, "p_selection": None, "q_timing": 0.02, "q_selection": None},
        **{"first_time": "2024-05-01T10:00:00Z", "last_time": "2024-05-01T11:00:00Z", "group": "g-1"},
    }
    return tuple({**fields, **changed}.values())


@pytest.mark.parametrize("name", NASTY)
def test_any_id_gives_well_formed_xml(name):
    edges = [edge(name, "ben", kind=name, group=name)]

    for write in (gexf, graphml):
        ElementTree.fromstring("\n".join(write({name: name}, edges, name)).encode())


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=8))
def test_both_files_hold_every_node_and_edge(pairs):
    edges = [edge(a, b) for a, b in pairs]
    names = {name for pair in pairs for name in pair} | {"alone"}
    one = ElementTree.fromstring("\n".join(gexf({"alone": "g"}, edges, "")).encode())
    other = ElementTree.fromstring("\n".join(graphml({"alone": "g"}, edges, "")).encode())

    assert len(one.findall(f".//{GEXF}node")) == len(other.findall(f".//{GRAPHML}node")) == len(names)
    assert len(one.findall(f".//{GEXF}edge")) == len(other.findall(f".//{GRAPHML}edge")) == len(pairs)


def test_an_edge_keeps_its_figures_and_an_unknown_one_is_left_out():
    root = ElementTree.fromstring("\n".join(graphml({}, [edge("ana", "ben")], "")).encode())
    data = {part.get("key"): part.text for part in root.findall(f".//{GRAPHML}edge/{GRAPHML}data")}

    assert data["edge_n_objects"] == "3"
    assert data["edge_q_timing"] == "0.02"
    assert "edge_q_selection" not in data


def test_the_caveat_travels_inside():
    assert "says nothing about who" in "\n".join(gexf({}, [], "It says nothing about who they are."))
