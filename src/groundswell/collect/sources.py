"""From what a person typed to a source: the platform, its address, what is wanted of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from groundswell.collect.event import Source
from groundswell.collect.jetstream import DEFAULT_ADDRESS, Jetstream
from groundswell.collect.mastodon import Mastodon
from groundswell.collect.wanted import Wanted, read_account_list
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.store.study import Study

Platform = Literal["bluesky", "mastodon"]

KNOWN_POSTS = "select post_id from posts where platform = $platform and not is_repost order by time desc limit $n"
REMEMBERED_AT_START = 100_000


def source_of(
    platform: str,
    *,
    hashtags: Sequence[str] = (),
    account_list: Path | None = None,
    url: str | None = None,
    token_file: Path | None = None,
    zstd: bool = False,
    dictionary: Path | None = None,
) -> Source:
    """The source that was asked for.

    Raises
    ------
    WrongUse
        No such platform, no address where one is needed, or an option of the other platform.
    """
    accounts = read_account_list(account_list) if account_list else ()
    wanted = Wanted.of(hashtags, accounts)
    if platform == "bluesky":
        if token_file is not None:
            raise WrongUse("Bluesky's Jetstream asks for no token.\n  Leave `--token-file` out.")
        return Jetstream(url or DEFAULT_ADDRESS, wanted, zstd=zstd or dictionary is not None, dictionary=dictionary)
    if platform == "mastodon":
        if zstd or dictionary is not None:
            raise WrongUse("Mastodon's streams are never packed with zstd.\n  Leave `--zstd` out.")
        if url is None:
            raise WrongUse(
                "Mastodon is many servers, and none was named.\n  Each shows the posts that it knows of.\n"
                "  Name one: `--url https://example.social`."
            )
        return Mastodon(url, wanted, token=None if token_file is None else _token(token_file))
    raise WrongUse(f"There is no live source {platform!r}.\n  There are: {', '.join(get_args(Platform))}.")


def remember(source: Source, study: Study) -> None:
    """Let reposts of posts that an earlier collection took belong to this one too."""
    if source.wanted.everything or not study.ledgers():
        return
    with Duck() as engine:
        study.open_tables(engine)
        newest = engine.rows(KNOWN_POSTS, platform=source.name, n=REMEMBERED_AT_START)
    for (post_id,) in reversed(newest):
        source.wanted.remember(post_id)


def _token(path: Path) -> str:
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(
            f"The token file {str(path)!r} can't be read: {error}.\n"
            "  It holds the access token of an application on that server, on one line."
        ) from None
    if not token or any(c.isspace() for c in token):
        raise WrongUse(
            f"The token file {str(path)!r} does not hold one word.\n  It holds an access token and nothing else."
        )
    return token
