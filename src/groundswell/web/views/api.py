"""The same figures for programs: JSON at ``/api/…``, and ``/openapi.json`` that says what is there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from groundswell.errors import WrongUse
from groundswell.web.api import ENDPOINTS, Endpoint
from groundswell.web.api_document import document
from groundswell.web.jobs import Jobs


def _route(endpoint: Endpoint) -> Route:
    def answer(request: Request) -> Response:
        known = tuple(one.name for one in endpoint.queries)
        _require_known(request, known)
        return JSONResponse(endpoint.answer(request.app.state.shelf, {**request.query_params, **request.path_params}))

    return Route(endpoint.path, answer)


def job(request: Request) -> Response:
    """How far the work is."""
    _require_known(request, ())
    jobs: Jobs = request.app.state.jobs
    return JSONResponse(jobs.state.as_json())


def _require_known(request: Request, known: tuple[str, ...]) -> None:
    """Refuse what nobody would answer: a misspelt question must not get the answer to another one."""
    asked = request.query_params.multi_items()
    names = [name for name, _ in asked]
    odd = next((name for name, value in asked if name not in known or names.count(name) > 1 or not value), None)
    if odd is not None:
        there = ", ".join(known) or "nothing"
        raise WrongUse(f"{odd[:40]!r} can’t be asked here, or not twice, or not empty.\n  There is: {there}.")


def openapi(_: Request) -> Response:
    """What programs may ask for, as OpenAPI 3.1."""
    return JSONResponse(document())


ROUTES = (*map(_route, ENDPOINTS), Route("/api/job", job), Route("/openapi.json", openapi))
