"""layers_of: a world as the detectors see it."""

from __future__ import annotations

import numpy as np

from groundswell.evaluate.layers import layers_of
from groundswell.simulate.catalogue import simulate


def test_a_share_log_is_one_layer_with_every_share_in_order():
    world = simulate("repeats", shares=2000)
    (layer,) = layers_of(world)
    told = zip(
        layer.account_ids[layer.account],
        layer.object_ids[layer.object],
        layer.time_us // 10**6,
        layer.post,
        strict=True,
    )
    names = ("account_id", "object_id", "timestamp_share", "content_id")

    assert set(told) == set(zip(*(world.shares[name] for name in names), strict=True))
    assert layer.n == 2000
    assert (np.diff(layer.object) >= 0).all()
    assert ((np.diff(layer.time_us) >= 0) | (np.diff(layer.object) > 0)).all()
    assert layer.account_ids.tolist() == sorted(layer.account_ids)


def test_posts_are_a_layer_for_each_kind_of_trace_that_they_leave():
    kinds = {layer.kind for layer in layers_of(simulate("demo-campaign"))}

    assert kinds == {"repost", "url", "hashtag", "hashtag_sequence", "text", "near_text", "reply"}
