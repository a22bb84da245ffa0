"""kept_shares and relink: the links of another window, from arrays kept beside the traces, as if detected anew."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.detect import shares_kept
from groundswell.detect.links import links
from groundswell.detect.shares import shares_of
from groundswell.detect.shares_kept import kept_shares
from groundswell.engine.duck import Duck
from groundswell.errors import WindowTooFine, WrongUse
from groundswell.model.trace import TRACES
from groundswell.store.run_folder import save_traces
from tests.conftest import write_traces
from tests.detect.logs import logs

ROWS = ["post_id,account_id,text,time"] + [
    f"p{n}{account},{account},read this https://site.example/{n},2024-05-01T1{n}:00:{second:02}Z"
    for n in range(4)
    for account, second in (("ana", 0), ("ben", 9), ("cat", 40))
]


@pytest.fixture
def study(tmp_path):
    made = pipeline.new(tmp_path / "gate.study")
    (tmp_path / "posts.csv").write_text("\n".join(ROWS) + "\n")
    pipeline.read(made, [tmp_path / "posts.csv"])
    pipeline.trace(made)
    return made


def arrays(study):
    return sorted((study.folder / "traces" / "shares").iterdir())


def same(one, other):
    return {name: column.tolist() for name, column in one.items()} == {
        name: column.tolist() for name, column in other.items()
    }


@settings(max_examples=10)
@given(logs(), st.integers(0, 200), st.integers(1, 3))
def test_links_from_kept_shares_are_those_of_the_traces(tmp_path_factory, rows, window_s, min_objects):
    folder = tmp_path_factory.mktemp("traces")
    window = timedelta(seconds=window_s)
    with Duck() as engine:
        save_traces(write_traces(engine, rows), folder)
        engine.open(TRACES, [folder / "traces.parquet"])
        slow = [links(shares_of(engine, kind), [window], min_objects=min_objects) for kind in (["url"] if rows else [])]
        made, mapped = (
            [links(kept, [window], min_objects=min_objects) for kept in kept_shares(engine, folder / "traces.parquet")]
            for _ in range(2)
        )

    assert len(slow) == len(made) == len(mapped)
    assert all(same(a, b) and same(a, c) for a, b, c in zip(slow, made, mapped, strict=True))


def test_another_window_gives_the_links_that_detect_would_list(study):
    near, far = (pipeline.relink(study, timedelta(seconds=s), 3, kind="url") for s in (10, 40))

    assert list(zip(near["account_a"], near["account_b"], strict=True)) == [("ana", "ben")]
    assert near["n_objects"].tolist() == [4]
    assert len(far["account_a"]) == 3
    assert same(pipeline.relink(study, timedelta(seconds=10), 3, kind="url"), near)


def test_links_beyond_chance_are_those_whose_q_is_small_enough(study):
    """One of three pairs is near on each of four links: (1/3)^4 x 3 tests = .037. Within 40 s all are: chance 1."""
    ten, forty = timedelta(seconds=10), timedelta(seconds=40)
    every = pipeline.relink(study, ten, 3, kind="url")

    found = pipeline.relink(study, ten, 3, kind="url", fdr=0.05)

    assert every["q_timing"] == pytest.approx([1 / 27])
    assert np.isnan(found.pop("q_selection")).tolist() == [True]
    assert same(found, {name: every[name] for name in found})
    assert len(pipeline.relink(study, ten, 3, kind="url", fdr=0.03)["q_timing"]) == 0
    assert len(pipeline.relink(study, forty, 3, kind="url", fdr=0.05)["q_timing"]) == 0


def test_the_second_time_no_trace_is_numbered_again(study, monkeypatch):
    first = pipeline.relink(study, timedelta(seconds=10))
    monkeypatch.setattr(shares_kept, "shares_of", lambda *_: pytest.fail("numbered again"))

    assert same(pipeline.relink(study, timedelta(seconds=10)), first)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"not an array"),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: np.save(path, np.load(path)[:-1]),
        lambda path: np.save(path, np.load(path).astype(np.float32)),
        lambda path: np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True),
    ],
)
def test_arrays_that_were_tampered_with_are_made_anew(study, harm):
    first = pipeline.relink(study, timedelta(seconds=10))
    for path in arrays(study):
        if path.suffix == ".npy":
            harm(path)

    assert same(pipeline.relink(study, timedelta(seconds=10)), first)


@pytest.mark.parametrize("name", ["account", "object"])
@pytest.mark.parametrize("number", [-1, 2_000_000_000])
def test_a_number_of_nobody_never_reaches_a_kernel(study, name, number):
    first = pipeline.relink(study, timedelta(seconds=10))
    for path in arrays(study):
        if path.name.endswith(f"-{name}.npy"):
            array = np.load(path)
            array[-1] = number
            np.save(path, array)

    assert same(pipeline.relink(study, timedelta(seconds=10)), first)


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"traces": "x", "kinds": 1}'])
def test_a_list_that_says_something_else_is_made_anew(study, told):
    first = pipeline.relink(study, timedelta(seconds=10))
    (study.folder / "traces" / "shares" / "shares.json").write_text(told)

    assert same(pipeline.relink(study, timedelta(seconds=10)), first)


def test_a_kind_that_the_traces_do_not_have_is_not_believed(study):
    first = pipeline.relink(study, timedelta(seconds=10))
    path = study.folder / "traces" / "shares" / "shares.json"
    told = json.loads(path.read_text())
    told["kinds"][0]["kind"] = "../../elsewhere"
    path.write_text(json.dumps(told))

    assert same(pipeline.relink(study, timedelta(seconds=10)), first)


def test_arrays_go_with_the_traces_when_something_is_purged(study):
    pipeline.relink(study, timedelta(seconds=10))
    pipeline.purge(study, accounts=["ana"])

    assert not (study.folder / "traces" / "shares").exists()
    with pytest.raises(WrongUse, match="groundswell trace"):
        pipeline.relink(study, timedelta(seconds=10))


def test_posts_read_later_are_linked_once_they_are_traced(study, tmp_path):
    before = pipeline.relink(study, timedelta(seconds=10), kind="url")
    later = [row.replace("ana", "dan").replace("cat", "eve") for row in ROWS[1:] if ",ben," not in row]
    (tmp_path / "later.csv").write_text("\n".join([ROWS[0], *later]) + "\n")
    pipeline.read(study, [tmp_path / "later.csv"])
    pipeline.trace(study)
    after = pipeline.relink(study, timedelta(seconds=10), kind="url")

    assert len(before["account_a"]) == 1
    assert len(after["account_a"]) > 1


def test_a_window_finer_than_the_clock_is_refused(study):
    with pytest.raises(WindowTooFine):
        pipeline.relink(study, timedelta(milliseconds=1))
