"""scope: the wholes count what the data hold; unknown is not zero."""

from __future__ import annotations

from groundswell.assess.scope import scope_of
from tests.assess.runs import posted, profile, write_run


def test_the_wholes_are_counted_once_each(engine):
    write_run(
        engine,
        [
            posted("ana", 0, text="words", urls=["https://site.example/a"], hashtags=[], client="web"),
            posted("ana", 20, is_repost=True, repost_of="p9", repost_of_account="eve"),
            posted("ben", 21, urls=[], hashtags=["a"], client="web"),
        ],
        [profile("ana", bio="Reads."), profile("ben", bio=""), profile("cat", name="Cat"), profile("dan", picture="x")],
    )

    scope = scope_of(engine, precision_s=1, min_objects=2)

    assert (scope.n_posts, scope.n_accounts, scope.n_days, scope.n_reposts) == (3, 2, 2, 1)
    assert (scope.n_with_text, scope.n_with_urls, scope.n_with_hashtags, scope.n_with_client) == (1, 1, 1, 2)
    assert scope.n_profiles == 2
    assert scope.clients == {"web": 2}
    assert scope.kinds == {"hashtag": 1, "repost": 1, "url": 1}
