"""The language of the words around the pages, as the reader chose it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from groundswell.errors import WrongUse
from groundswell.publish.language import LANGUAGES
from groundswell.web.frames import LANGUAGE_COOKIE

A_YEAR_S = 31_536_000


async def choose(request: Request) -> Response:
    """Keep the choice in the browser, and go back."""
    form = await request.form()
    language, back = str(form.get("language", "")), str(form.get("back", ""))
    if language not in LANGUAGES:
        raise WrongUse(f"There are no words in {language!r} yet.\n  There are: {', '.join(LANGUAGES)}.")
    # Two slashes at the start would be another host.
    answer = RedirectResponse("/" + back.lstrip("/\\"), 303)
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR_S, httponly=True, samesite="strict", path="/")
    return answer


ROUTES = (Route("/language", choose, methods=["POST"]),)
