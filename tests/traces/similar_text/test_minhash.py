"""candidates: who works at them changes nothing."""

from __future__ import annotations

import numpy as np

from groundswell.simulate.templates import copied_testimony
from groundswell.traces.normal_text import normal_text
from groundswell.traces.similar_text import minhash
from groundswell.traces.similar_text.encoded import encoded
from groundswell.traces.similar_text.minhash import candidates


def test_the_number_of_threads_changes_no_pair():
    texts = encoded(list(dict.fromkeys(map(normal_text, copied_testimony(3, n_talk=300).texts))))
    alone = candidates(texts, 0.7, threads=1)

    assert len(alone[0])
    for together in (candidates(texts, 0.7, threads=threads) for threads in (2, 7)):
        assert all(np.array_equal(here, there) for here, there in zip(alone, together, strict=True))


def test_no_texts_have_no_candidates():
    proposed = candidates(encoded([]), 0.7, threads=3)

    assert [len(proposed.a), len(proposed.b), proposed.n_links, proposed.n_left_out] == [0, 0, 0, 0]


def test_what_is_too_much_is_left_out_and_counted(monkeypatch):
    texts = encoded([f"the harbour gate should stay open all night long they said {number}" for number in range(40)])
    whole = candidates(texts, 0.7)
    monkeypatch.setattr(minhash, "MOST_LINKED", whole.n_links // 2)

    found = {threads: candidates(texts, 0.7, threads=threads) for threads in (1, 2, 7)}

    assert whole.n_left_out == 0
    for part in found.values():
        assert part.n_links == whole.n_links
        assert 0 < part.n_left_out < whole.n_links
        assert part.n_links - part.n_left_out <= whole.n_links // 2
        assert len(part.a) < len(whole.a)
    assert len({part.n_left_out for part in found.values()}) == 1
