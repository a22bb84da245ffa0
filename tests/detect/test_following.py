"""following: who follows whom, by the numbers of a log."""

from __future__ import annotations

import numpy as np

from groundswell.detect.following import following
from groundswell.model.table import text_column


def test_pairs_are_numbered_each_once_and_strangers_left_out():
    follows = {
        "follower": text_column(["cat", "ana", "cat", "cat", "eve", "ben"]),
        "followed": text_column(["ben", "cat", "ben", "ana", "ana", "ben"]),
    }

    told = following(text_column(["ana", "ben", "cat"]), follows)

    assert told.start.tolist() == [0, 1, 1, 3]
    assert told.followed.tolist() == [2, 0, 1]
    assert told.n_listed == 2


def test_who_is_not_listed_follows_nobody_that_is_known():
    told = following(
        text_column(["ana", "ben", "cat"]), {"follower": text_column(["ana"]), "followed": text_column(["cat"])}
    )
    everyone = np.arange(3)

    assert told.listed_of(everyone).tolist() == [0]
    assert told.followers_of(2, everyone) == 1
    assert told.followers_of(1, everyone) == 0


def test_an_empty_list_is_a_list():
    none = {"follower": text_column([]), "followed": text_column([])}

    assert following(text_column(["ana", "ben"]), none).n_listed == 0
    assert following(text_column([]), none).start.tolist() == [0]
