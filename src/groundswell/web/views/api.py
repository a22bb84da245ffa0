"""The same figures for programs: JSON at ``/api/…``, and ``/openapi.json`` that says what is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from groundswell.pipeline.run_record import VERSION
from groundswell.store.judgements import judgements, standing
from groundswell.web.shelf import RUN_ID, Shelf


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One thing that can be asked for."""

    path: str
    summary: str
    answer: Callable[[Shelf, str], Any]
    """From the shelf and the run asked for, which is empty where the path names none, to JSON."""


def _runs(shelf: Shelf, _: str) -> Any:
    return [shelf.about(run_id) for run_id in shelf.runs]


def _stored(name: str) -> Callable[[Shelf, str], Any]:
    def read(shelf: Shelf, run_id: str) -> Any:
        place = shelf.file(run_id, name)
        if place is None:
            raise HTTPException(404, "There is no such run.")
        return json.loads(place.read_text(encoding="utf-8"))

    return read


def _files(shelf: Shelf, _: str) -> Any:
    return [ledger.as_json() for ledger in shelf.study.ledgers()]


def _judgements(shelf: Shelf, _: str) -> Any:
    said = judgements(shelf.study)
    return {"said": [one.as_json() for one in said], "standing": [one.as_json() for one in standing(said)]}


ENDPOINTS = (
    Endpoint(path="/api/runs", summary="Every run that has pages, newest first.", answer=_runs),
    Endpoint(path="/api/runs/{run_id}/groups", summary="Groups, set aside ones too.", answer=_stored("groups.json")),
    Endpoint(path="/api/runs/{run_id}/findings", summary="What may be said, and why.", answer=_stored("findings.json")),
    Endpoint(path="/api/files", summary="What became of every row of every file.", answer=_files),
    Endpoint(path="/api/judgements", summary="What people said, and what of it stands.", answer=_judgements),
)


def _route(endpoint: Endpoint) -> Route:
    def answer(request: Request) -> Response:
        run_id = request.path_params.get("run_id", "")
        if "{run_id}" in endpoint.path and not RUN_ID.fullmatch(run_id):
            raise HTTPException(404, "There is no such run.")
        return JSONResponse(endpoint.answer(request.app.state.shelf, run_id))

    return Route(endpoint.path, answer)


def openapi(_: Request) -> Response:
    """What programs may ask for, as OpenAPI 3.1."""
    return JSONResponse(document())


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "groundswell", "version": VERSION},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
        "paths": {one.path: {"get": _operation(one)} for one in ENDPOINTS},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    found = {"description": "What was asked for.", "content": {"application/json": {"schema": {}}}}
    refused = {"401": {"description": "Without the token nothing is answered."}}
    if "{run_id}" not in endpoint.path:
        return {"summary": endpoint.summary, "responses": {"200": found, **refused}}
    run_id = {"name": "run_id", "in": "path", "required": True, "schema": {"type": "string", "pattern": RUN_ID.pattern}}
    missing = {"404": {"description": "There is no such run.", "content": {"text/html": {}}}}
    return {"summary": endpoint.summary, "parameters": [run_id], "responses": {"200": found, **refused, **missing}}


ROUTES = (*map(_route, ENDPOINTS), Route("/openapi.json", openapi))
