"""Export: what a study holds comes back as it was, whatever the words, ids and times are."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.errors import Failed, NothingToDo, WrongUse
from groundswell.model.ledger import FileLedger
from groundswell.model.post import Account, Post
from groundswell.read.batches import Batch, account_columns
from groundswell.read.times import microseconds
from groundswell.store.export import export
from groundswell.store.segments import Appending
from groundswell.store.study import Study
from tests.read.kept import plain_rows, read

FORMS = ("posts.parquet", "posts.csv", "posts.jsonl")
PROVENANCE = ("source_file", "source_row")

# What a store holds: NUL and half surrogates became U+FFFD when they were read.
STORED = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
TEXT = STORED | st.sampled_from(
    [
        "",
        " ",
        "NULL",
        "9.06E+17",
        '="9143"',
        "'=x'",
        "GrÃ¼ÃŸe",
        "a\r\nb\r",
        'a "b", c',
        "[]",
        "\x1e",
        "\x1f",
        "#a @b &amp;",
    ]
)
NAME = TEXT.filter(bool)
MAYBE = st.none() | TEXT
LIST = st.none() | st.lists(TEXT, max_size=3).map(tuple)
TIME = st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 30), timezones=st.just(UTC))
POST = st.builds(
    Post,
    platform=st.sampled_from(["mastodon", "made-up", "unknown"]),
    account_id=NAME,
    time=TIME,
    post_id=st.none(),
    text=MAYBE,
    lang=MAYBE,
    urls=LIST,
    hashtags=LIST,
    mentions=LIST,
    is_repost=st.booleans(),
    repost_of=MAYBE,
    repost_of_account=MAYBE,
    reply_to=MAYBE,
    quote_of=MAYBE,
    client=MAYBE,
    time_source=st.sampled_from(["platform", "client", "collector", "export-local"]),
    shared=st.lists(st.tuples(st.sampled_from(["url", "share"]), TEXT), max_size=2).map(tuple),
)
NUMBER = st.none() | st.integers(0, 2**63 - 1)
ACCOUNT = st.builds(
    Account,
    platform=st.just("mastodon"),
    account_id=NAME,
    handle=MAYBE,
    name=MAYBE,
    bio=MAYBE,
    url=MAYBE,
    picture=MAYBE,
    created_at=st.none() | TIME,
    followers=NUMBER,
    following=NUMBER,
    n_posts=NUMBER,
)


POSTS_OF_TWO = [
    ("p1", Post("unknown", "ana", datetime(2024, 5, 1, 10, 0, 0, 1, tzinfo=UTC), text="", hashtags=())),
    ("p1", Post("unknown", "ben", datetime(2024, 5, 1, tzinfo=UTC), shared=(("url", "7"),))),
]
POSTS = [("p1", Post("unknown", "ana", datetime(2024, 5, 1, tzinfo=UTC), text="x" * 200_000))]


def study_of(folder, posts=(), accounts=(), duck=None):
    """A study that holds just these, each post under the id beside it."""
    study = Study.create(folder, version="test")
    batch = Batch("ab" * 32)
    for row, (post_id, post) in enumerate(posts, 1):
        batch.add(post, post_id, microseconds(post.time), row)
    with nullcontext(duck) if duck else Duck() as engine, Appending(study.folder, engine) as appending:
        if posts:
            appending.posts(batch.columns())
        if accounts:
            appending.accounts(account_columns(accounts))
        appending.commit(
            FileLedger(path="a", sha256="ab" * 32, n_bytes=1, format="f", title="F", rows=len(posts), posts=len(posts))
        )
    return study


def held(duck, study, table="posts"):
    """The rows of a table as plain values, without where they came from."""
    study.open_tables(duck)
    return plainly(plain_rows(duck.query(f"select * from {table}")))


def plainly(rows):
    """Rows in an order of their own."""
    kept = [{name: _plain(value) for name, value in row.items() if name not in PROVENANCE} for row in rows]
    return sorted(kept, key=lambda row: repr(sorted(row.items())))


def _plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


@pytest.fixture(scope="module")
def duck():
    """One engine for all examples: to open one takes longer than to use it."""
    with Duck() as engine:
        yield engine


@pytest.mark.parametrize("form", FORMS)
@given(posts=st.lists(st.tuples(TEXT, POST), min_size=1, max_size=8, unique_by=lambda post: post[0]))
@settings(max_examples=20)
def test_posts_go_out_and_come_back_as_they_were(form, posts, duck, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    study = study_of(folder / "a.study", posts, duck=duck)

    export(study, duck, folder / form)
    ledger, kept = read(folder / form)

    assert plainly(kept.rows) == held(duck, study)
    assert (ledger.format, ledger.posts, ledger.rows) == ("groundswell-posts", len(posts), len(posts))


@pytest.mark.parametrize("form", FORMS)
@given(accounts=st.lists(ACCOUNT, min_size=1, max_size=8, unique_by=lambda account: account.account_id))
@settings(max_examples=8)
def test_profiles_go_out_and_come_back_as_they_were(form, accounts, duck, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    study = study_of(folder / "a.study", accounts=accounts, duck=duck)

    export(study, duck, folder / form, table="accounts")
    ledger, kept = read(folder / form)

    assert plainly(kept.profiles) == held(duck, study, "accounts")
    assert ledger.other_records == {"profile": len(accounts)}


@pytest.mark.parametrize("form", FORMS)
def test_a_study_made_of_an_export_holds_what_the_first_one_held(form, duck, tmp_path):
    study = study_of(tmp_path / "a.study", POSTS_OF_TWO, [Account(platform="unknown", account_id="ana", bio="")])
    export(study, duck, tmp_path / form)

    back = pipeline.new(tmp_path / "b.study")
    pipeline.read(back, [tmp_path / form])

    assert held(duck, back) == held(duck, study)


def test_equal_studies_give_equal_files(tmp_path):
    for name in ("a", "b"):
        pipeline.export(study_of(tmp_path / f"{name}.study", POSTS), tmp_path / f"{name}.parquet")

    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_a_cell_too_long_for_csv_is_refused_and_nothing_is_left_behind(tmp_path):
    study = study_of(tmp_path / "a.study", POSTS)

    with pytest.raises(Failed, match=r"Export \.parquet or \.jsonl"):
        pipeline.export(study, tmp_path / "posts.csv")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.study"]


@pytest.mark.parametrize(("name", "table"), [("posts.txt", "posts"), ("posts.csv", "links"), ("no/posts.csv", "posts")])
def test_what_cannot_be_exported_is_said(tmp_path, engine, name, table):
    with pytest.raises(WrongUse, match="\n  "):
        export(study_of(tmp_path / "a.study", POSTS), engine, tmp_path / name, table=table)


def test_a_file_is_never_overwritten(tmp_path):
    (tmp_path / "posts.csv").write_text("mine")

    with pytest.raises(WrongUse, match="is there already"):
        pipeline.export(study_of(tmp_path / "a.study", POSTS), tmp_path / "posts.csv")

    assert (tmp_path / "posts.csv").read_text() == "mine"


def test_an_empty_study_has_nothing_to_export(tmp_path):
    with pytest.raises(NothingToDo):
        pipeline.export(study_of(tmp_path / "a.study"), tmp_path / "posts.csv")


@pytest.mark.parametrize(
    ("column", "cell"), [("urls", "not a list"), ("urls", "[1]"), ("shared_kinds", '["url"]'), ("urls", "[" * 50_000)]
)
def test_an_export_that_someone_changed_is_left_out_with_its_reason(tmp_path, column, cell):
    study = study_of(tmp_path / "a.study", [("p1", POSTS[0][1]._replace(text="x"))])
    pipeline.export(study, tmp_path / "posts.csv")
    header, row, _ = (tmp_path / "posts.csv").read_text().split("\n")
    cells = dict(zip(header.strip().split(","), row.strip().split(","), strict=True)) | {column: cell}
    quoted = ('"' + value.replace('"', '""') + '"' for value in cells.values())
    (tmp_path / "changed.csv").write_text(f"{header}\n{','.join(quoted)}\n")

    ledger, _ = read(tmp_path / "changed.csv")

    assert ledger.left_out[0].reason.startswith("a cell that Groundswell did not write so")


def test_a_post_that_stands_in_two_exports_counts_once(tmp_path):
    study = study_of(tmp_path / "a.study", [("p1", POSTS[0][1]._replace(text="x"))])
    for name in ("posts.csv", "posts.jsonl"):
        pipeline.export(study, tmp_path / name)

    back = pipeline.new(tmp_path / "b.study")

    assert [one.posts for one in pipeline.read(back, [tmp_path / "posts.csv", tmp_path / "posts.jsonl"])] == [1, 0]


def test_the_command_says_what_it_wrote(groundswell, tmp_path):
    study_of(tmp_path / "a.study", POSTS)

    said = groundswell("export", "a.study", "-o", "posts.parquet")

    assert (said.code, "1 rows of the table posts" in said.out) == (0, True)
