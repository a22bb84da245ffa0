"""plain_forms: the compiled form of ASCII texts is the form of the patterns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.traces.normal_text import FEWEST_WORDS, n_words, normal_forms, normal_text
from groundswell.traces.plain_text import plain_forms

PIECES = [
    *("ana", "HTTPS://a.example/b", "http://", "https", "http:/", "www.", "wwww.a", "WWW.b", "@ben", "@", "@@", "a@b"),
    *("@a@b@c", "@a.-@", ".", "-", "_", "0", " ", "\t", "\x0b", "\x1c", "\x1f", "\x00", "\x7f", "\n", "#", "!"),
]

plain = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
any_ascii = st.text(st.characters(max_codepoint=127), max_size=30)


@given(st.lists(plain | any_ascii, max_size=4))
def test_the_compiled_form_is_that_of_the_patterns(texts):
    forms = [normal_text(text) for text in texts]

    assert plain_forms(texts) == (forms, [n_words(form) for form in forms])


@given(st.lists(plain | st.text(max_size=20), max_size=4))
def test_texts_of_any_script_come_back_in_their_order(words):
    texts = [" ".join([*words, word, "one two three four"]) for word in words]
    expected = [(text, form) for text in texts if n_words(form := normal_text(text)) >= FEWEST_WORDS]

    assert normal_forms(texts) == expected
