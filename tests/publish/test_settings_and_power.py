"""Other settings and planted campaigns in the report: every cell is drawn, every rate has its count."""

from __future__ import annotations

import json
from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import forbidden_in
from groundswell.model.multiverse import Cell, Multiverse
from groundswell.model.power import Design, Planted, Power
from groundswell.publish.figures.power import power_curves
from groundswell.publish.figures.settings import settings_grid
from groundswell.publish.files import publish
from groundswell.publish.report import report_html
from tests.publish.editions import edition
from tests.publish.pages import Page

KINDS, WINDOWS, NULLS, MINIMA = ("reply", "url"), (10.0, 60.0), ("pairs, timing", "group, 3 times chance"), (2, 3, 4)


def tried(members=lambda setting: 8 if setting[0] == "url" else 0, size=8) -> Multiverse:
    settings = sorted(product(KINDS, NULLS, WINDOWS, MINIMA))
    cells = (
        Cell(
            kind=kind, null=null, window_s=window_s, min_objects=least, n_members=members((kind, null, window_s, least))
        )
        for kind, null, window_s, least in settings
    )
    return Multiverse(group_id="g-5be1c2", size=size, cells=tuple(cells))


def planted(size, n_found, n=10, pace_s=60.0, n_objects=10) -> Planted:
    design = Design(size=size, n_objects=n_objects, pace_s=pace_s, turnout=0.6)
    return Planted(design=design, n=n, n_found=n_found, low=0.5 * n_found / n, high=1 - 0.5 * (1 - n_found / n))


def power(*of: Planted) -> Power:
    return Power(kind="text", n_accounts=300, n_copies=4, seed=0, planted=of, too_large=())


CURVES = power(planted(5, 0), planted(12, 7), planted(30, 10), planted(5, 0, pace_s=600), planted(12, 2, pace_s=600))


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<g>{markup}</g>")


def painted(markup: str, paint: str) -> int:
    """Boxes of one look in the wide drawing."""
    return len(parsed(markup).findall(f"div[@class='wide-only']//rect[@class='{paint}']"))


def test_every_setting_of_a_kind_that_shows_the_group_is_a_cell():
    drawn = settings_grid(tried(lambda s: {2: 8, 3: 2, 4: 0}[s[3]] if s[0] == "url" else 0), "label")

    assert painted(drawn, "p-tide") == painted(drawn, "p-tide-soft") == len(NULLS) * len(WINDOWS)
    # Those of the kind that shows nothing share one row of empty cells, which says how many it stands for.
    assert painted(drawn, "p-sunk") == len(NULLS) * len(WINDOWS) + len(WINDOWS) * len(MINIMA)
    assert "replies: 0 of 12 settings" in drawn


@given(st.integers(3, 60), st.integers(0, 60))
def test_a_filled_cell_is_one_that_counts(size, n_members):
    one = tried(lambda _: min(n_members, size), size=size)

    assert painted(settings_grid(one, "label"), "p-tide") == one.n_found


def test_each_planted_design_is_a_dot_inside_its_interval():
    root = parsed(power_curves(CURVES, "label"))
    wide = root.find("div[@class='wide-only']")
    heights = sorted(float(dot.get("cy")) for dot in wide.iter("circle"))

    assert len(heights) == 5
    assert heights[0] == 16.0
    assert heights[-1] == 186.0


@pytest.mark.parametrize(
    "of", [(planted(12, 3),), (planted(5, 0), planted(5, 1, pace_s=600), planted(5, 2, pace_s=3600))]
)
def test_one_size_alone_can_be_drawn(of):
    parsed(power_curves(power(*of), "label"))


def test_the_report_shows_both_and_says_nothing_forbidden(engine):
    page = Page(report_html(edition(engine, multiverse=(tried(),), power=CURVES)))

    assert page.unbalanced == []
    assert "Does it survive other choices?" in page.text
    assert "found again in 12 of 24 settings" in page.text
    assert "Of 10 planted campaigns of 12 accounts" in page.text.replace("\u00a0", " ")
    assert forbidden_in(page.text[page.text.index("Does it survive") :][:2000]) == ()


def test_without_planting_the_report_says_that_it_is_unknown(engine):
    text = Page(report_html(edition(engine))).text

    assert "No campaign was planted into these data" in text
    assert "Does it survive" not in text


def test_the_files_carry_settings_and_power(engine, tmp_path):
    publish(edition(engine, multiverse=(tried(),), power=CURVES), tmp_path)
    groups = json.loads((tmp_path / "groups.json").read_text(encoding="utf-8"))["groups"]
    findings = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))

    assert [entry["multiverse"] and entry["multiverse"]["n_found"] for entry in groups] == [12, None]
    assert findings["multiverse"][0]["n_settings"] == 24
    assert findings["power"]["planted"][1]["n_found"] == 7
    assert findings["power"]["sentences"]
