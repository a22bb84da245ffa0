"""address: public addresses pass, and nothing else, whatever it is dressed as."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.evidence.address import refusal


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "172.15.0.1", "172.32.0.1", "2606:2800:21f::1"])
def test_a_public_address_may_be_asked(address):
    assert refusal(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "203.0.113.7",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:2800:21f::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "fec0::1",
        "localhost",
        "",
        "0177.0.0.1",
        "2130706433",
    ],
)
def test_anything_else_is_refused_with_a_reason(address):
    assert refusal(address)


def test_an_address_in_an_address_is_judged_by_what_it_holds():
    assert refusal("::ffff:8.8.8.8") is None
    assert refusal("64:ff9b::808:808") is None


@given(st.one_of(st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1).map(IPv6Address)))
def test_whatever_the_standard_library_calls_local_is_refused(address):
    inner = getattr(address, "ipv4_mapped", None) or address
    if not inner.is_global or inner.is_multicast or inner.is_reserved:
        assert refusal(str(address)) or str(address).startswith("64:ff9b:")


@given(st.sampled_from(["10.0.0.0", "100.64.0.0", "127.0.0.0", "169.254.0.0", "192.168.0.0"]), st.integers(0, 65_535))
def test_what_is_private_is_private_in_every_dress(network, host):
    private = IPv4Address(int(ip_address(network)) + host)

    assert refusal(str(private))
    assert refusal(f"::ffff:{private}")
    assert refusal(str(IPv6Address(int(IPv6Address("64:ff9b::")) + int(private))))
    assert refusal(str(IPv6Address((0x2002 << 112) + (int(private) << 80))))
