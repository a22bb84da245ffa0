"""The sentences about other settings and planted campaigns: whole numbers, never bare, and fit to print."""

from __future__ import annotations

from groundswell.assess.sensitivity import planted_sentence, power_sentences, settings_sentence
from groundswell.assess.wording import check
from groundswell.model.multiverse import Cell, Multiverse
from groundswell.model.power import Design, Planted, Power


def tried(*found: int, kinds: tuple[str, ...] = ("url",)) -> Multiverse:
    cells = tuple(
        Cell(
            kind=kind, window_s=60.0, null="pairs, timing", min_objects=2 + n, n_members=members if kind == "url" else 0
        )
        for kind in kinds
        for n, members in enumerate(found)
    )
    return Multiverse(group_id="A", size=8, cells=cells)


def planted(n_found: int, size: int = 12, n: int = 10) -> Planted:
    design = Design(size=size, n_objects=10, pace_s=60.0, turnout=0.6)
    return Planted(design=design, n=n, n_found=n_found, low=0.1, high=0.9)


def power(*of: Planted, kind: str = "text", too_large: tuple[int, ...] = ()) -> Power:
    return Power(kind=kind, n_accounts=300, n_copies=4, seed=0, planted=of, too_large=too_large)


def test_settings_without_the_group_are_in_the_denominator():
    assert "found again in 2 of 4 settings." in settings_sentence(tried(8, 4, 3, 0))


def test_kinds_of_trace_without_the_group_are_counted_together():
    said = settings_sentence(tried(8, 0, kinds=("hashtag", "reply", "url")))

    assert "1 of 6 settings: 1 of 2 that look at links and 0 of 4 that look at other kinds of trace" in said


def test_a_group_found_nowhere_again_is_said_so():
    assert "found again in 0 of 2 settings." in settings_sentence(tried(0, 0))


def test_a_planted_campaign_has_its_count_and_its_interval():
    said = planted_sentence(power(planted(8)), planted(8))

    assert said == (
        "Of 10 planted campaigns of 12 accounts that posted the same 10 texts within 60 seconds, each taking part 60 %"
        " of the time, 8 were reported (80 %; 95 % interval 10 % to 90 %)."
    )


def test_where_none_was_reported_one_sentence_says_so_for_all():
    first, *others = power_sentences(power(planted(0, 5), planted(0, 12), planted(0, 30)))

    assert first.startswith("0 of 30 planted campaigns were reported, with 5 to 30 accounts")
    assert len(others) == 1


def test_reworded_texts_are_said_to_be_out_of_sight_only_where_texts_were_planted():
    assert "in new words each time" in power_sentences(power(planted(3)))[-1]
    assert not any("in new words each time" in said for said in power_sentences(power(planted(3), kind="url")))


def test_every_sentence_may_be_printed():
    said = [*power_sentences(power(planted(3), planted(0, 30), too_large=(50,))), *power_sentences(power(planted(0)))]
    for sentence in [*said, settings_sentence(tried(8, 4, kinds=("url", "text")))]:
        check(sentence)
