"""The OpenAPI document: what programs may ask for, what they get, and how they come in."""

from __future__ import annotations

import re
from typing import Any

from groundswell.pipeline.run_record import VERSION
from groundswell.web import api_shapes as shapes
from groundswell.web.api import ENDPOINTS, GROUP_ID, Endpoint
from groundswell.web.api_shapes import Shape
from groundswell.web.shelf import RUN_ID

PLACES: dict[str, Shape] = {
    "run_id": {"type": "string", "pattern": f"^{RUN_ID.pattern}$"},
    "group_id": {"type": "string", "pattern": f"^{GROUP_ID.pattern}$"},
    "account": {"type": "string", "minLength": 1},
    "name": {"type": "string", "minLength": 1},
}
"""What may stand in a path."""

IN_A_PATH = re.compile(r"{(\w+)}")

DESCRIPTION = (
    "The figures that the pages show, for programs on this machine. Send the token of the address that"
    " `groundswell serve` printed as a bearer. Null is unknown, never zero."
)

JOB = Endpoint(
    path="/api/job", summary="How far the work is that was started last.", answer=lambda *_: None, shape=shapes.JOB
)


def document() -> dict[str, Any]:
    """The document, as OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "groundswell", "version": VERSION, "description": DESCRIPTION},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": shapes.ERROR},
        },
        "security": [{"token": []}],
        "paths": {one.path: {"get": _operation(one)} for one in (*ENDPOINTS, JOB)},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    places = IN_A_PATH.findall(endpoint.path)
    parameters = [{"name": name, "in": "path", "required": True, "schema": PLACES[name]} for name in places]
    parameters += [
        {"name": one.name, "in": "query", "description": one.description, "schema": one.shape}
        for one in endpoint.queries
    ]
    responses = {
        "200": _told("What was asked for.", endpoint.shape),
        "400": _told("This can’t be asked.", {"$ref": "#/components/schemas/Error"}),
        "401": _refused("Without the token."),
    }
    if parameters:
        responses["404"] = _told("There is no such thing.", {"$ref": "#/components/schemas/Error"})
    return {"summary": endpoint.summary, "parameters": parameters, "responses": responses}


def _told(description: str, shape: Shape) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": shape}}}


def _refused(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"text/plain": {"schema": shapes.TEXT}}}
