"""A study with pages, and a browser's way into the app that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from groundswell import pipeline
from groundswell.model.run import Parameters
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write
from groundswell.store.study import Study
from groundswell.web.app import make_app

HOST = "127.0.0.1:8000"
TOKEN = "open-sesame"


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The demo's campaign, analysed, its pages stored; tests that write get a study of their own."""
    folder = tmp_path_factory.mktemp("web")
    write(simulate("demo-campaign", seed=0), folder / "campaign.csv")
    study = pipeline.new(folder / "gate.study")
    pipeline.read(study, [folder / "campaign.csv"])
    pipeline.trace(study)
    pipeline.detect(study, Parameters(campaign="#OpenGate", power=0))
    pipeline.assess(study)
    pipeline.shelve(study)
    return study


@pytest.fixture
def empty(tmp_path: Path) -> Study:
    """A study in which nothing was read."""
    return Study.create(tmp_path / "empty.study", version="test")


def client_of(study: Study, **headers: str) -> TestClient:
    """A client of the study's app that knows the token, as a browser with the cookie does."""
    app = make_app(study, token=TOKEN, hosts=[HOST])
    client = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False, headers=headers)
    client.cookies.set("groundswell", TOKEN, domain="127.0.0.1")
    return client


@pytest.fixture
def client(shelved: Study) -> Iterator[TestClient]:
    with client_of(shelved) as client:
        yield client
