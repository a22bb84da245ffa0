"""try_setting: another window or minimum is answered beside the latest run, which stays as it is."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import pytest
from typer.testing import CliRunner

from groundswell import pipeline
from groundswell.assess.wording import check
from groundswell.cli.main import app
from groundswell.detect import limit
from groundswell.errors import WindowTooFine, WrongUse
from groundswell.model.run import Parameters
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("setting")
    write(simulate("demo-campaign", seed=0), folder / "campaign.csv")
    made = pipeline.new(folder / "gate.study")
    pipeline.read(made, [folder / "campaign.csv"])
    pipeline.trace(made)
    pipeline.detect(made, Parameters(power=0))
    return made


def test_the_run_s_own_setting_gives_the_run_s_own_links(study):
    found = pipeline.try_setting(study)

    assert (found.window_s, found.min_objects) == (60.0, 2)
    assert found.n_pairs > 0
    assert {one.kind: one.n_pairs for one in found.kinds} == {
        one.kind: found.listed_by_run(one.kind) for one in found.kinds
    }


def test_another_setting_gives_the_links_of_relink_and_changes_nothing(study):
    before = {path: path.read_bytes() for path in (study.folder / "runs").rglob("*") if path.is_file()}
    found = pipeline.try_setting(study, timedelta(seconds=10), 3)

    assert found.n_pairs == len(pipeline.relink(study, timedelta(seconds=10), 3)["kind"])
    assert found.n_pairs < sum(found.listed_by_run(one.kind) for one in found.kinds)
    assert {path: path.read_bytes() for path in (study.folder / "runs").rglob("*") if path.is_file()} == before


def test_a_reported_group_hangs_together_in_its_own_window(study):
    (group,) = pipeline.try_setting(study).groups

    assert max(cell.n_members for cell in group.cells) >= group.enough


def test_without_a_run_pairs_are_counted_and_nothing_is_compared(tmp_path, study):
    fresh = pipeline.new(tmp_path / "fresh.study")
    pipeline.read(fresh, [study.folder.parent / "campaign.csv"])
    pipeline.trace(fresh)
    found = pipeline.try_setting(fresh, timedelta(seconds=60), 2)

    assert found.n_pairs == pipeline.try_setting(study).n_pairs
    assert (found.run_id, found.groups, found.compared_with_s) == (None, (), None)
    assert {found.listed_by_run(one.kind) for one in found.kinds} == {None}


def test_more_pairs_than_a_table_holds_are_cut_and_it_is_said(study, monkeypatch):
    monkeypatch.setattr(limit, "limit_of", partial(limit.limit_of, most_links=5))
    found = pipeline.try_setting(study)
    said = CliRunner().invoke(app, ["try", str(study.folder)])

    cut = [one for one in found.kinds if one.n_listed < one.n_pairs]
    assert len(cut) == len(found.left_out) > 0
    assert all(one.n_listed <= 5 for one in cut)
    for sentence in found.left_out:
        check(sentence)
        assert sentence in said.output
    assert "pairs of accounts that met on" in found.left_out[0]


def test_what_makes_no_sense_is_refused(study):
    with pytest.raises(WindowTooFine):
        pipeline.try_setting(study, timedelta(milliseconds=1))
    with pytest.raises(WrongUse, match="min-objects must be 1 or more"):
        pipeline.try_setting(study, timedelta(seconds=10), 0)


def test_the_command_line_prints_sentences_or_figures(study):
    said = CliRunner().invoke(app, ["try", str(study.folder), "--window", "10s", "--min-objects", "3"])
    figures = CliRunner().invoke(app, ["try", str(study.folder), "--window", "10s", "--min-objects", "3", "--json"])
    told = json.loads(figures.output)

    assert "met on 3 objects or more within 10 s. No group was looked for." in said.output
    assert f"{told['n_pairs']:,} pairs of accounts" in said.output
    assert [group["group_id"] for group in told["groups"]] == ["A"]
