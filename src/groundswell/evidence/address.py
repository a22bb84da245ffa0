"""Which numeric addresses of the internet may be asked: public ones, and nothing else.

    "203.0.113.7" ──► why not, in words          "93.184.215.14" ──► None

Whoever writes a post chooses the address that we are sent to. A name may lead into the network that we stand in: to
a router, a database, or the page where a cloud machine keeps its keys. The table is that of the special-purpose
registries (RFC 6890 and its updates, https://www.iana.org/assignments/iana-ipv4-special-registry/), written out so
that it does not change with the version of Python, and two addresses that are public by number only.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

NOT_PUBLIC_4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "the metadata of a cloud machine"),
        ("169.254.0.0/16", "the local link, where cloud machines keep their metadata"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.31.196.0/24", "reserved for protocols"),
        ("192.52.193.0/24", "reserved for protocols"),
        ("192.88.99.0/24", "a relay between IPv4 and IPv6"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "reserved for protocols"),
        ("198.18.0.0/15", "reserved for measurements"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "many machines at once"),
        ("240.0.0.0/4", "reserved"),
    )
)
"""168.63.129.16 is Azure's inner server; its number lies in public space."""

PUBLIC_6 = IPv6Network("2000::/3")
"""Everything that is given out. What lies outside is local, private, multicast or reserved."""

NOT_PUBLIC_6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "an IPv4 address in an IPv6 one"),
        ("2620:4f:8000::/48", "reserved for protocols"),
        ("3fff::/20", "reserved for documentation"),
    )
)

TRANSLATED = IPv6Network("64:ff9b::/96")
"""What a network without IPv4 calls an IPv4 address (RFC 6052). The address in it is the one that is asked."""


def refusal(written: str) -> str | None:
    """Why this numeric address may not be asked; None where it may.

    >>> refusal("93.184.215.14"), refusal("127.0.0.1"), refusal("::ffff:10.0.0.1")
    (None, 'this machine', 'a private network')
    """
    if "%" in written:
        return "an address of one network card"
    try:
        address = ip_address(written)
    except ValueError:
        return "no numeric address"
    return _refusal_4(address) if isinstance(address, IPv4Address) else _refusal_6(address)


def _refusal_4(address: IPv4Address) -> str | None:
    return next((why for network, why in NOT_PUBLIC_4 if address in network), None)


def _refusal_6(address: IPv6Address) -> str | None:
    if address.ipv4_mapped is not None:
        return _refusal_4(address.ipv4_mapped)
    if address in TRANSLATED:
        return _refusal_4(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address not in PUBLIC_6:
        return "no address that is given out to the public"
    return next((why for network, why in NOT_PUBLIC_6 if address in network), None)
