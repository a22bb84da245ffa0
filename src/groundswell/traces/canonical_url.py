"""URLs made comparable: one form for the many ways to write one address.

Splitting one page into many hides coordination; joining two pages invents it. So a rule here only drops what is
known not to choose the page (tracking parameters, www., the fragment), and addresses that name no page at all
(home pages) are no objects.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok"
    r"|_hsenc|_hsmi|ref_src|ref_url|cmpid|ncid|s_cid|smid|ocid|ito|spm|share_id|xtor|wt_mc|at_medium|at_campaign)$",
    re.IGNORECASE,
)
_STATUS = re.compile(r"^/(?:#!/)?(?:i/web|[^/]+)/status(?:es)?/(\d+)")
_MOBILE = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
LONGEST = 4_000
"""Characters; a longer address is cut for comparison no further, it is simply not one."""


def canonical_url(url: str) -> str | None:
    """One form for all ways to write `url`, or None when it names no page.

    >>> canonical_url("HTTP://www.Example.org:80/a/?utm_source=x&id=7#top")
    'example.org/a?id=7'
    >>> canonical_url("https://youtu.be/abc?t=10"), canonical_url("https://example.org/")
    ('youtube.com/watch?v=abc', None)
    """
    url = url.strip()
    if not url or len(url) > LONGEST:
        return None
    if not _SCHEME.match(url):
        url = "https://" + url
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "." not in host:
        return None
    host = _MOBILE.sub("", host)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    path = re.sub(r"/{2,}", "/", parts.path)
    host, path, query = _platform_form(host, path, query, parts.fragment)
    path = path.rstrip("/")
    if not path and not query:
        return None
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return place + path + (f"?{urlencode(sorted(query))}" if query else "")


def _platform_form(
    host: str, path: str, query: list[tuple[str, str]], fragment: str
) -> tuple[str, str, list[tuple[str, str]]]:
    """The forms that large platforms use for one and the same page."""
    if host == "youtu.be" and len(path) > 1:
        return "youtube.com", "/watch", [("v", path.strip("/"))]
    if host == "youtube.com":
        if path == "/watch":
            return host, path, [(k, v) for k, v in query if k == "v"]
        if shorts := re.match(r"^/(?:shorts|embed|live|v)/([\w\-]+)", path):
            return host, "/watch", [("v", shorts[1])]
    if host in ("twitter.com", "x.com"):
        whole = path + (f"#{fragment}" if fragment.startswith("!") else "")
        if status := _STATUS.match(whole):
            return "x.com", f"/i/status/{status[1]}", []
        return "x.com", path, [(k, v) for k, v in query if k not in ("s", "t")]
    return host, path, query
