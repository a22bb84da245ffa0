"""candidates: who works at them changes nothing."""

from __future__ import annotations

import numpy as np

from groundswell.simulate.templates import copied_testimony
from groundswell.traces.normal_text import normal_text
from groundswell.traces.similar_text.encoded import encoded
from groundswell.traces.similar_text.minhash import candidates


def test_the_number_of_threads_changes_no_pair():
    texts = encoded(list(dict.fromkeys(map(normal_text, copied_testimony(3, n_talk=300).texts))))
    alone = candidates(texts, 0.7, threads=1)

    assert len(alone[0])
    for together in (candidates(texts, 0.7, threads=threads) for threads in (2, 7)):
        assert all(np.array_equal(here, there) for here, there in zip(alone, together, strict=True))


def test_no_texts_have_no_candidates():
    assert [len(side) for side in candidates(encoded([]), 0.7, threads=3)] == [0, 0]
