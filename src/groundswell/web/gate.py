"""Who may come in: this machine, with the token, from this address; and what a page may do once it is open.

request ──► host? ──► token? ──► origin? ──► page, under a policy that lets nothing in from elsewhere

A page on the web can make a browser send requests to this machine. The check of the host stops names that were
pointed here afterwards (DNS rebinding), the token stops everyone who was not given the address, and the check of the
origin stops forms of other sites.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "groundswell"
SAFE = ("GET", "HEAD")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'nonce-{nonce}'; img-src 'self' data: blob:; connect-src 'self';"
    " font-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /csp"
)

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not `no-referrer`: under it a browser sends «null» as the origin of a form, and every form would be refused.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cache-control": "no-store",
}


class Gate:
    """Lets in what may come in, and sends every answer out under the policy."""

    def __init__(self, app: App, *, token: str, hosts: Iterable[str], largest_bytes: int) -> None:
        """Stand before `app`.

        Parameters
        ----------
        hosts
            ``Host`` headers that are this server, such as ``127.0.0.1:8000``.
        largest_bytes
            Most that a request may carry.
        """
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)
        self._largest = largest_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            # Only the start and the end of the server come in another way; there are no web sockets here.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = POLICY.format(nonce=nonce)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (self._refusal(scope) or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> App | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("This server answers to its own address only.\n", 421)
        if (asked := self._asked_token(scope)) is not None:
            return self._welcome(scope) if self._is_token(asked) else _stranger()
        if not (self._is_token(self._cookie(headers)) or self._is_token(self._bearer(headers))):
            return _stranger()
        if scope["method"] not in SAFE and not self._own_origin(headers):
            return PlainTextResponse("Forms of other sites are not taken.\n", 403)
        length = headers.get("content-length")
        if scope["method"] not in SAFE and "transfer-encoding" in headers:
            return PlainTextResponse("A request has to say how long it is.\n", 411)
        if length is not None and (not length.isdigit() or int(length) > self._largest):
            return PlainTextResponse(
                f"This is larger than the {self._largest:,} bytes that the page takes.\n"
                "Read it with `groundswell read STUDY FILE` instead.\n",
                413,
            )
        return None

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())

    def _asked_token(self, scope: Scope) -> str | None:
        return dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")

    def _welcome(self, scope: Scope) -> App:
        """Put the token into a cookie and out of the address, where a picture of the screen would show it."""
        rest = [(name, value) for name, value in parse_qsl(scope["query_string"].decode("latin-1")) if name != "token"]
        # Two slashes at the start would be another host.
        place = "/" + scope["path"].lstrip("/\\") + (f"?{urlencode(rest)}" if rest else "")
        answer = RedirectResponse(place, 303)
        answer.set_cookie(COOKIE, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _cookie(self, headers: Headers) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except Exception:
            return ""
        return found.value if found else ""

    def _bearer(self, headers: Headers) -> str:
        return headers.get("authorization", "").removeprefix("Bearer ")

    def _own_origin(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None:
            # A program that knows the token, not a browser: browsers send where a form came from.
            return self._is_token(self._bearer(headers))
        return origin in {f"http://{host}" for host in self._hosts}


def _stranger() -> App:
    return PlainTextResponse("Open the address that `groundswell serve` printed: it carries the token.\n", 401)
