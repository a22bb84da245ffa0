"""numerals: each language's separators, days and units, and nothing else of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.publish.numerals import figures, number


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("1,269", "1.269"),
        ("0.27 %", "0,27 %"),
        ("1,234,567.5", "1.234.567,5"),
        ("1,372, 1,373", "1.372, 1.373"),
        ("2.6 → 27.7", "2,6 → 27,7"),
        ("3–9 May 2026", "3.–9. Mai 2026"),
        ("28 April – 3 May 2026", "28. April – 3. Mai 2026"),
        ("6 May 2026, 07:30:03", "6. Mai 2026, 07:30:03"),
        ("1 day", "1\u00a0Tag"),
        ("3.5 h", "3,5\u00a0h"),
    ],
)
def test_german_swaps_point_and_comma_and_names_its_months(english: str, german: str) -> None:
    assert figures(english, "de") == german
    assert figures(english, "en") == english


@pytest.mark.parametrize("text", ["0.1.0", "2024-05-01", "07:30:03.25", "10.1.2.3", "2024", "1,2", "12,34"])
def test_what_is_no_plain_number_stays(text: str) -> None:
    assert figures(text, "de") == text


def test_arabic_keeps_the_separators_and_names_its_own_months() -> None:
    assert figures("1,269 (3.5 h)", "ar") == "1,269 (3.5\u00a0س)"
    assert figures("1 May 23:18", "ar") == "1 مايو 23:18"


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_a_german_number_is_the_same_number(value: int, places: int) -> None:
    written = f"{value / 10**places:,.{places}f}"
    back = number(written, "de").replace(".", "").replace(",", ".")

    assert back == written.replace(",", "")
    assert re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?", number(written, "de"))
