"""target: an address is read in one way, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.evidence.target import NotPublic, target


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/a b?q=ü#c", "https://example.org/a%20b?q=%C3%BC"),
        ("http://example.org:8080/%41?a=b&c", "http://example.org:8080/%41?a=b&c"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://[2606:2800::1]/x", "http://[2606:2800::1]/x"),
        ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_is_written_in_one_way(url, written):
    assert target(url).url == written


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://example.org/1",
        "ftp://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http:///path",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1.:80/",
        "http://1.2.3.4.5/",
        "http://example.0x/",
        "http://①②⑦.1/",
        "http://ana:secret@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org\\@127.0.0.1/",
        "http://exa\tmple.org/",
        "http://example.org/\r\nHost: other.example",
        "http://example.org/\x00",
        "http://%31%32%37.0.0.1/",
        "http://exam ple.org/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://[::ffff:7f00:1]x/",
        "http://example..org/",
        "http://-/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://example.org:a/",
        "http://example.org/" + "a" * 9_000,
    ],
)
def test_what_can_be_read_twice_is_refused(url):
    with pytest.raises(NotPublic, match="is not asked"):
        target(url)


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://[", "http://127."]))
def test_any_text_ends_in_an_address_or_a_no(text, beginning):
    try:
        to = target(beginning + text)
    except NotPublic:
        return

    assert to.scheme in ("http", "https")
    assert (to.host + to.path).isascii()
    assert " " not in to.path
    assert target(to.url) == to
