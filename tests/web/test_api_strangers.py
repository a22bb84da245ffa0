"""Schemathesis asks what the document allows and what it does not: nothing breaks, and every answer is in its shape."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from groundswell.store.study import Study
from groundswell.web.api_document import document
from groundswell.web.app import make_app

pytestmark = pytest.mark.slow

TOKEN, HOST = "open-sesame", "testserver"
COMES_IN = {"Authorization": f"Bearer {TOKEN}"}


class Token:
    """How a program comes in."""

    def get(self, _case: schemathesis.Case, _context: schemathesis.AuthContext) -> str:
        """The token."""
        return COMES_IN["Authorization"]

    def set(self, case: schemathesis.Case, data: str, _context: schemathesis.AuthContext) -> None:
        """Put it where the document says."""
        case.headers = {**(case.headers or {}), "Authorization": data}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not allowed"])
@pytest.mark.parametrize("path", sorted(document()["paths"]))
def test_every_answer_is_one_that_the_document_names(shelved: Study, path: str, mode: GenerationMode) -> None:
    app = make_app(shelved, token=TOKEN, hosts=[HOST])
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=COMES_IN)
    schema.auth()(Token)
    operation = schema[path]["GET"]
    if mode is GenerationMode.NEGATIVE and not document()["paths"][path]["get"]["parameters"]:
        mode = GenerationMode.POSITIVE  # Nothing can be asked wrongly where nothing is asked.

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate()

    ask()
