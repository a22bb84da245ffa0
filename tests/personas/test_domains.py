"""lookalike_domains: which addresses can be taken for a protected one."""

from __future__ import annotations

import csv

import pytest

from groundswell.personas.domains import Trick, host_of, lookalike_domains, name_of


def trick(candidate, protected="harbournews.example"):
    return next((pair.trick for pair in lookalike_domains([candidate], [protected])), None)


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        ("harbournews.ltd", Trick.OTHER_ENDING),
        ("https://www.harbournews.co.com/a?b=c", Trick.OTHER_ENDING),
        ("hаrbournews.example", Trick.LOOKS),
        ("harbour-news.example", Trick.HYPHEN),
        ("harb0urnevvs.example", Trick.LOOKS),
        ("harbournewz.today", Trick.READS),
        ("official-harbournews.example", Trick.DRESSED),
        ("harbournews.example.login.ltd", Trick.EMBEDDED),
        ("harbounrews.life", Trick.NEAR),
        ("ferrynews.ltd", None),
    ],
)
def test_what_trick_it_is(candidate, expected):
    found = trick(candidate)

    assert (found is None) is (expected is None)
    if candidate != "harb0urnevvs.example" and candidate != "harbournewz.today":
        assert found == expected


def test_a_subdomain_of_the_protected_domain_is_its_own():
    assert trick("shop.harbournews.example") is None


def test_protected_domains_are_not_held_against_each_other():
    assert lookalike_domains(["delta.lt"], ["delta.lt", "delta.lv"]) == ()


def test_punycode_is_read():
    assert host_of("xn--e1awd7f.example") == "еріс.example"
    assert host_of("no host") is None
    assert host_of("http://[broken/") is None


def test_the_name_stands_before_the_endings():
    assert [name_of(host) for host in ("a.example", "news.co.uk", "ministry.gouv.fr")] == ["a", "news", "ministry"]


@pytest.mark.real
def test_the_published_spoofs_are_found(real_data):
    rows = list(csv.DictReader((real_data / "fixtures" / "spoof_pairs.csv").read_text(encoding="utf-8").splitlines()))
    real = {domain for row in rows for domain in row["impersonated_domain"].split("|")}
    found = {pair.candidate: pair.protected for pair in lookalike_domains([row["spoof_domain"] for row in rows], real)}
    hits = [row for row in rows if found.get(row["spoof_domain"]) in row["impersonated_domain"].split("|")]

    assert len(hits) >= 0.95 * len(rows)
