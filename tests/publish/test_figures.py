"""The figures: that they are well-formed at any size, and that what they draw adds up."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.finding import Share
from groundswell.model.ledger import FileLedger, LeftOut
from groundswell.publish.figures.chance_axis import chance_axis
from groundswell.publish.figures.field import accounts_a_dot, field
from groundswell.publish.figures.ledger import ledger_bar, segments
from groundswell.publish.figures.network import network
from groundswell.publish.figures.share import scale_of, share_strip
from groundswell.publish.figures.svg import mark, tag


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<g>{markup}</g>")


def drawn_width(markup: str) -> float:
    """The per cent of a strip that its parts cover, the ground left out."""
    return sum(float((part.get("width") or "0%").rstrip("%")) for part in parsed(markup).iter("rect")) - 100


@given(st.integers(1, 30_000), st.integers(0, 40))
def test_a_field_marks_each_member_or_the_dot_it_shares(n_accounts, n_members):
    places = {at * 7 % n_accounts: 0 for at in range(n_members)}
    root = parsed(field(n_accounts, places, x=0, y=0, side=400, name="f"))
    each = accounts_a_dot(n_accounts)

    assert n_accounts / each <= 4_000
    assert len(root.findall(".//circle[@class='p-g0']")) == len({place // each for place in places})


@pytest.mark.parametrize("n", [2, 3, 30, 31, 200])
def test_a_network_is_a_circle_or_a_matrix_and_is_well_formed(n):
    lines = [(a, (a + 1) % n, 3, a % 2 == 0) for a in range(n)]
    root = parsed(network([f"<{i}>" for i in range(n)], lines, shape=0, x=0, y=0, side=400))

    assert bool(root.findall("circle")) is (n <= 30)


ledgers = st.builds(
    lambda posts, other, left: FileLedger(
        path="posts.csv",
        sha256="a",
        n_bytes=1,
        format="table",
        title="A table",
        rows=posts + sum(other.values()) + sum(left),
        posts=posts,
        other_records=other,
        left_out=tuple(LeftOut(reason=f"reason {i}", rows=rows, first_rows=(1,)) for i, rows in enumerate(left)),
    ),
    st.integers(0, 1000),
    st.dictionaries(st.sampled_from(["likes", "profiles"]), st.integers(0, 50)),
    st.lists(st.integers(0, 40), max_size=5),
)


@given(ledgers)
def test_the_segments_of_a_ledger_are_the_whole_file(ledger):
    assert sum(rows for _, _, rows in segments(ledger)) == ledger.rows
    if ledger.rows:
        assert drawn_width(ledger_bar(ledger)) == pytest.approx(100, abs=0.1)


shares = st.builds(
    lambda count, more, low, high: Share(
        of="posts",
        count=count,
        whole=count + more,
        low=low * count / max(count + more, 1),
        high=min(1.0, high * count / max(count + more, 1)),
        basis="",
        high_if_missing=None,
    ),
    st.integers(0, 500),
    st.integers(0, 100_000),
    st.floats(0, 1),
    st.floats(1, 3),
)


@given(st.lists(shares, max_size=4))
def test_every_share_fits_the_scale_it_is_drawn_on(listed):
    scale = scale_of(listed)

    assert 0 < scale <= 1
    assert all(max(share.share, share.high) <= scale * 1.002 for share in listed)
    for share in listed:
        parsed(share_strip(share, scale))


@pytest.mark.parametrize("times", [None, 0.0, 0.1, 1.0, 38.0, 1e9, float("inf")])
def test_any_multiple_of_chance_finds_a_place(times):
    parsed(chance_axis(times, 3.0, "label"))


@pytest.mark.parametrize("shape", range(8))
def test_every_group_has_a_shape(shape):
    assert f"p-g{shape % 6}" in mark(shape, 5, 5, 3)


def test_attributes_and_content_are_escaped():
    assert tag("text", "<b>", x='"') == '<text x="&#34;">&lt;b&gt;</text>'
