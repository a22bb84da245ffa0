"""Pages beside a run, and what was disputed: each stands in the site, under the names of the edition, and whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from groundswell.engine.duck import Duck
from groundswell.model.dispute import Dispute, Status
from groundswell.publish.corrections import site_corrections
from groundswell.publish.frame import Frame
from groundswell.publish.personas_findings import PersonasFindings
from groundswell.publish.site.beside import claims_leaf, names_leaf, watch_leaf
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.site.sheet import read_sheet, sheet_from, sheet_of, write_sheets
from groundswell.publish.site.write import corrections_of, write_root
from groundswell.watch.log import log_of
from groundswell.watch.span import span_of
from groundswell.watch.uses import define_uses
from groundswell.watch.watch import watch
from tests.publish.editions import edition
from tests.publish.pages import Page
from tests.publish.site.test_site import explained
from tests.publish.test_personas_page import findings

IN_A_SITE = Frame(root="")


def dispute(number: int, **fields: Any) -> Dispute:
    told = {"group_id": "A", "account_id": None, "status": Status.CONTESTED, "why": "We are one office.", **fields}
    return Dispute(dispute_id=f"d{number}", run_id="7f3a91c", who="ana", when="2024-06-01", **told)


def page_of(leaves: tuple[Leaf, ...], beginning: str) -> str:
    return next(leaf for leaf in leaves if leaf.address.startswith(beginning)).html(IN_A_SITE)


def test_a_disputed_group_says_so_on_its_page_and_on_its_accounts_pages() -> None:
    with Duck() as engine:
        plain = edition(engine)
        (group,) = plain.reported
        leaves = edition_pages(plain, explained(plain))
    with Duck() as engine:
        told = edition(engine, disputes=(dispute(1, group_id=group.group_id),))
        disputed = edition_pages(told, explained(told))

    for folder in ("groups/", "accounts/"):
        assert "We are one office." not in page_of(leaves, folder)
        assert "We are one office." in page_of(disputed, folder)
        assert "ontested" in page_of(disputed, folder)
        assert "ana" not in Page(page_of(disputed, folder)).text.split()


def test_the_log_of_a_site_names_every_dispute_and_no_account(tmp_path: Path) -> None:
    with Duck() as engine:
        one = edition(engine)
        (group,) = one.reported
        rows = (
            dispute(1, group_id=None, account_id=group.account_ids[0], why=f"{group.account_ids[0]} was lent."),
            dispute(2, group_id="Z", why="Gone from the latest run."),
            dispute(3, group_id="Z", why="A mistake.", reverses="d2"),
        )
    with Duck() as engine:
        told = site_corrections(edition(engine, disputes=rows))
    write_root(tmp_path, [], told, "1")
    html = (tmp_path / "corrections.html").read_text(encoding="utf-8")

    assert [one["dispute_id"] for one in corrections_of(tmp_path)] == ["d1", "d2", "d3"]
    assert [one["findings"] for one in told] == [[group.group_id], ["Z"], ["Z"]]
    assert f'href="runs/7f3a91c/groups/{group.group_id}.html"' in html
    assert "(taken back later)" in html
    assert "user_" not in html
    assert not Page(html).unbalanced


@pytest.mark.parametrize(("captures", "said"), [({}, "Not preserved"), (None, None)])
def test_whether_a_post_is_preserved_stands_on_the_page_of_its_group_and_account(
    captures: dict[str, tuple[str, ...]] | None, said: str | None
) -> None:
    with Duck() as engine:
        one = edition(engine, made_up=False, captures=captures)
        leaves = edition_pages(one, explained(one))
        post = explained(one)[0].answers[0].membership.meetings[0].post_id
    with Duck() as engine:
        kept = edition(engine, made_up=False, captures={post: ("c0ffee",)})
        account = page_of(edition_pages(kept, explained(kept)[:1]), "accounts/")

    for folder in ("groups/", "accounts/"):
        assert ("reserved" in page_of(leaves, folder)) == (said is not None)
        assert said is None or said in page_of(leaves, folder)
    assert "Preserved: capture c0ffee" in account


def test_names_and_pictures_have_a_page_where_the_study_keeps_any() -> None:
    with Duck() as engine:
        assert names_leaf(edition(engine)) is None
    with Duck() as engine:
        told = findings()
        leaf = names_leaf(edition(engine, personas=told))
        assert leaf is not None
        html = leaf.html(IN_A_SITE)

    assert isinstance(told, PersonasFindings)
    assert "Look-alike names" in html
    assert "report.html" not in html
    assert "BeII" not in html
    stored = sheet_from(sheet_of(leaf).text()).html(IN_A_SITE, version="0.1.0")
    assert Page(stored).text.split() == Page(html).text.split()


def test_what_everybody_used_is_a_page_with_its_run_and_without_a_name() -> None:
    with Duck() as engine:
        one = edition(engine)
        define_uses(engine)
        log = log_of(engine)
        html = watch_leaf(one, watch(log, span_of(log.last), top=5)).html(IN_A_SITE)

    assert "What everybody used" in html
    assert one.run_id in html
    assert "Made-up data" in html
    assert "user_" not in html
    assert not Page(html).unbalanced


def test_a_stored_page_of_claims_is_the_page_of_the_site(tmp_path: Path) -> None:
    from groundswell.claims.provenance import provenance
    from groundswell.claims.read_documents import documents_of

    article = (
        b"publisher: Daily Quay\nurl: https://quay.example/1\n\nBots drove #OpenGate, the Harbour Post reported.\n"
    )
    found = provenance(documents_of([("quay.md", article)]), about="#OpenGate", n_draws=10)
    leaf = claims_leaf(found, version="0.1.0")
    write_sheets(tmp_path, [leaf], listed="beside.json")
    sheet = read_sheet(tmp_path, "claims.html")
    assert sheet is not None
    again = sheet.leaf(version="0.1.0").html(IN_A_SITE)

    assert "Who quoted whom" in again
    assert "<svg" in again
    assert Page(again).text.split() == Page(leaf.html(IN_A_SITE)).text.split()
