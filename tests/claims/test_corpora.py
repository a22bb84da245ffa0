"""Two corpora coded by hand: are edges, roots, circles and changes those that the coder saw?

`gate` was in sight while the rules were written; `lane` was run once, after they were done, and one fault that it
showed was mended after. What that first run gave stands in docs/claims.md.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from groundswell.assess.wording import check
from groundswell.claims.statements import Claim
from groundswell.claims.wording import change_words, printable, would_settle
from tests.claims.corpus import coded, edges, named

CORPORA = ("gate", "lane")
LEAST_EDGE_F1, LEAST_SLOT_F1, MOST_OFF = 0.8, 0.75, 0.3


def f1(found, true):
    return 2 * len(found & true) / (len(found) + len(true))


def spread(found):
    return next(one for one in found.accounts if one.claim is Claim.SPREAD)


@pytest.mark.parametrize("name", CORPORA)
def test_edges_are_those_the_coder_saw(name):
    found, truth = coded(name)

    assert f1(edges(found), {tuple(edge) for edge in truth["edges"]}) >= LEAST_EDGE_F1


@pytest.mark.parametrize("name", CORPORA)
def test_the_effective_number_of_roots_is_near_the_coders(name):
    found, truth = coded(name)
    roots = spread(found).roots

    assert abs(roots.effective - truth["effective"]) <= MOST_OFF
    assert roots.low <= truth["effective"] + 0.005 <= roots.high + 0.005


@pytest.mark.parametrize("name", CORPORA)
def test_changes_along_hops_are_those_the_coder_saw(name):
    found, truth = coded(name)
    names = named(found.traced.documents)
    seen = {
        (names[hop.citation.citing], names[hop.citation.cited], change.slot)
        for hop in found.hops
        for change in hop.changes
    }

    assert f1(seen, {(a, b, slot) for a, b, slots in truth["changed"] for slot in slots}) >= LEAST_SLOT_F1


@pytest.mark.parametrize("name", CORPORA)
def test_who_says_so_and_what_goes_round_in_a_circle(name):
    found, truth = coded(name)
    names = named(found.traced.documents)
    account = spread(found)
    ends = {(names[one.path[0]], names[one.path[-1]]) for one in account.circles}

    assert {names[account.graph.nodes[i]] for i in account.graph.supporters} == set(truth["supports"])
    assert ends == {tuple(pair) for pair in truth["circular"]}


@pytest.mark.parametrize("name", CORPORA)
def test_the_coded_number_follows_from_the_coded_edges(name):
    """The coder's arithmetic, done again by walking step by step."""
    _, truth = coded(name)
    sources = defaultdict(list)
    about_spread = set(truth["supports"])
    for citing, cited in truth["edges"]:
        if citing in about_spread:
            sources[citing].append(cited)
    for one in truth["own"]:
        # A document that only found something itself is its own root; one that also cites has two.
        if one in sources:
            sources[one].append(f"own {one}")
    mass = dict.fromkeys(about_spread, 1 / len(about_spread))
    ends: defaultdict[str, float] = defaultdict(float)
    for _ in range(60):
        moved: defaultdict[str, float] = defaultdict(float)
        for node, share in mass.items():
            for source in sources.get(node, ()):
                moved[source] += share / len(sources[node])
            if node not in sources:
                ends[node] += share
        mass = dict(moved)
    loop = sum(mass.values())
    weights = np.array([*ends.values(), loop])

    assert 1 / (weights**2).sum() == pytest.approx(truth["effective"], abs=0.01)


def test_replies_are_no_sources_and_back_up_nothing():
    found, _ = coded("gate")
    names = named(found.traced.documents)

    assert "forum-thread" not in {name for edge in edges(found) for name in edge}
    assert not found.traced.statements[next(node for node, name in names.items() if name == "forum-thread")]
    assert ("daily-quay", "lantern") not in edges(found)
    assert sum(one.n_replies for one in found.traced.documents) == 1


@pytest.mark.parametrize("name", CORPORA)
def test_every_sentence_keeps_to_the_words_that_may_be_printed(name):
    found, truth = coded(name)
    sentences = [found.standing_sentence()]
    for account in found.accounts:
        sentences += [account.headline, account.lede, printable(account.claim, truth["about"], account.roots)]
        sentences += [text for pair in would_settle(account.roots) for text in pair]
    sentences += [change_words(change) for hop in found.hops for change in hop.changes]

    for sentence in sentences:
        check(sentence)


def test_the_same_documents_in_another_order_give_the_same_bytes():
    from groundswell.claims.provenance import provenance
    from groundswell.claims.read_documents import documents_of
    from tests.claims.corpus import FOLDER, blocks

    files = list(blocks((FOLDER / "lane.txt").read_text(encoding="utf-8")).items())
    both = [
        provenance(documents_of((f"{n}.md", c) for n, c in order), about="#SaveMillLane", n_draws=50).as_json()
        for order in (files, files[::-1])
    ]

    assert both[0] == both[1]
