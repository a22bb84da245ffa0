"""A time stamp: an authority's signature under a hash and a time (RFC 3161), asked for and checked.

    message ──► request (DER) ──authority──► answer (DER) ──check──► Stamp: this hash existed by then

It says that bytes existed by a time, not that what they say is true. Checked are the status, the hash, the nonce,
the signature over the signed attributes, that the signing certificate is the one they name (RFC 5035), that it may
stamp time and nothing else, and the chain from it to a root that a person trusts, as of the time stamped. Whether a
certificate was revoked is not looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from types import ModuleType
from typing import Any

from groundswell.errors import Failed, MissingExtra

HASHES = ("sha256", "sha384", "sha512")
GRANTED = ("granted", "granted_with_mods")
LONGEST_CHAIN = 6


class NotAStamp(Failed):
    """An answer that does not show when something existed."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            f"This is no time stamp over these bytes: {why}.\n"
            "  It was not kept, or was changed since.\n"
            "  `groundswell evidence stamp STUDY` asks for another one."
        )


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a checked token says."""

    time: datetime
    serial: int
    policy: str
    signed_by: str
    """The subject of the certificate."""


def _asn1() -> tuple[ModuleType, ModuleType]:
    try:
        from asn1crypto import cms, tsp
    except ImportError as error:
        raise MissingExtra("evidence", "Checking a time stamp", str(error.name)) from None
    return cms, tsp


def require() -> None:
    """Raise `MissingExtra` unless the libraries are there."""
    _asn1()
    try:
        import cryptography.x509  # noqa: F401
    except ImportError as error:
        raise MissingExtra("evidence", "Checking a time stamp", str(error.name)) from None


def request_for(message: bytes, *, nonce: int) -> bytes:
    """The question to an authority.

    Parameters
    ----------
    nonce
        A number that nobody can guess; an answer that repeats it was made for this question.
    """
    _, tsp = _asn1()
    return bytes(
        tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": sha256(message).digest(),
                },
                "nonce": nonce,
                "cert_req": True,
            }
        ).dump()
    )


def check(answer: bytes, request: bytes, message: bytes, roots: bytes) -> Stamp:
    """Check an authority's answer.

    Parameters
    ----------
    request
        The question, as `request_for` made it.
    message
        What was stamped.
    roots
        The certificates that are trusted, PEM.

    Raises
    ------
    NotAStamp
        Something in it does not hold, and what.
    MissingExtra
    """
    require()
    try:
        return _check(answer, request, message, roots)
    except NotAStamp:
        raise
    except Exception as error:  # adversaries write the answer, and a parser fails in many ways
        raise NotAStamp(f"it can't be read ({type(error).__name__})") from None


def _check(answer: bytes, request: bytes, message: bytes, roots: bytes) -> Stamp:
    cms, tsp = _asn1()
    asked = tsp.TimeStampReq.load(request, strict=True)
    told = tsp.TimeStampResp.load(answer, strict=True)
    status = told["status"]["status"].native
    _hold(status in GRANTED, f"the authority says {status}")
    token = told["time_stamp_token"]
    _hold(token["content_type"].native == "signed_data", "it is not signed")
    signed = token["content"]
    inner = signed["encap_content_info"]
    _hold(inner["content_type"].native == "tst_info", "what is signed is no time")
    content = bytes(inner["content"].contents)
    info = inner["content"].parsed
    _hold(len(signed["signer_infos"]) == 1, "it has not just one signature")
    signer = signed["signer_infos"][0]
    certificate, others = _certificates(signed, signer, roots)
    _check_attributes(cms, signer, content, certificate)
    _check_signature(signer, certificate)
    time = info["gen_time"].native
    _check_imprint(info, asked, message)
    _check_purpose(certificate)
    _check_chain(certificate, others, roots, time)
    return Stamp(
        time=time.astimezone(UTC),
        serial=int(info["serial_number"].native),
        policy=str(info["policy"].native),
        signed_by=certificate.subject.rfc4514_string(),
    )


def _hold(condition: bool, otherwise: str) -> None:
    if not condition:
        raise NotAStamp(otherwise)


def _check_imprint(info: Any, asked: Any, message: bytes) -> None:
    imprint = info["message_imprint"]
    _hold(imprint["hash_algorithm"]["algorithm"].native == "sha256", "its hash is none that was asked for")
    _hold(imprint["hashed_message"].native == sha256(message).digest(), "it is over other bytes")
    question = asked["message_imprint"]["hashed_message"].native
    _hold(question == imprint["hashed_message"].native, "the question was over other bytes")
    _hold(info["nonce"].native == asked["nonce"].native, "it answers another question")


def _certificates(signed: Any, signer: Any, roots: bytes) -> tuple[Any, list[Any]]:
    """The certificate that signed, and all that came along or are trusted."""
    from cryptography import x509

    came = [x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"] or ()]
    known = [*came, *x509.load_pem_x509_certificates(roots)]
    sid = signer["sid"]
    for one in known:
        if sid.name == "issuer_and_serial_number":
            named = sid.chosen
            if (
                one.serial_number == named["serial_number"].native
                and one.issuer.public_bytes() == named["issuer"].dump()
            ):
                return one, known
        else:
            identifiers = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
            if identifiers.value.digest == sid.chosen.native:
                return one, known
    raise NotAStamp("the certificate that signed it is not in it")


def _check_attributes(cms: ModuleType, signer: Any, content: bytes, certificate: Any) -> None:
    """The signed attributes: that they are over this content, and name this certificate."""
    import hashlib

    from cryptography.hazmat.primitives.serialization import Encoding

    der = certificate.public_bytes(Encoding.DER)
    told: dict[str, Any] = {}
    for attribute in signer["signed_attrs"]:
        kind = attribute["type"].native
        _hold(kind not in told and len(attribute["values"]) == 1, "an attribute stands in it twice")
        told[kind] = attribute["values"][0]
    _hold(told.get("content_type") is not None and told["content_type"].native == "tst_info", "it signs no time")
    name = signer["digest_algorithm"]["algorithm"].native
    _hold(name in HASHES, f"it signs a {name} hash")
    _hold(
        "message_digest" in told and told["message_digest"].native == hashlib.new(name, content).digest(),
        "what is signed was changed",
    )
    if "signing_certificate_v2" in told:
        named = told["signing_certificate_v2"]["certs"][0]
        kind = named["hash_algorithm"]["algorithm"].native
        _hold(kind in HASHES, f"it names its certificate by a {kind} hash")
        digest = hashlib.new(kind, der).digest()
    else:
        _hold("signing_certificate" in told, "it does not name its certificate")
        named = told["signing_certificate"]["certs"][0]
        # RFC 3161 of 2001 knows no other hash here. It only ties the signature to a certificate of the chain.
        digest = hashlib.sha1(der, usedforsecurity=False).digest()
    _hold(named["cert_hash"].native == digest, "it names another certificate")


def _check_signature(signer: Any, certificate: Any) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    algorithms: dict[str, Callable[[], hashes.HashAlgorithm]] = {
        "sha256": hashes.SHA256,
        "sha384": hashes.SHA384,
        "sha512": hashes.SHA512,
    }
    algorithm = signer["signature_algorithm"]
    # Attributes are signed as the SET that they are, not under the tag that they travel with (RFC 5652, 5.4).
    attributes = b"\x31" + signer["signed_attrs"].dump()[1:]
    signature, key = signer["signature"].native, certificate.public_key()
    kind = algorithm.signature_algo
    if kind == "ed25519":
        name = "sha512"
    elif algorithm["algorithm"].native == "rsassa_pkcs1v15":
        name = signer["digest_algorithm"]["algorithm"].native
    else:
        name = algorithm.hash_algo
    _hold(name in algorithms, f"it is signed over a {name} hash")
    try:
        if isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pkcs1v15":
            key.verify(signature, attributes, padding.PKCS1v15(), algorithms[name]())
        elif isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pss":
            salt = algorithm["parameters"]["salt_length"].native
            pss = padding.PSS(padding.MGF1(algorithms[name]()), salt)
            key.verify(signature, attributes, pss, algorithms[name]())
        elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
            key.verify(signature, attributes, ec.ECDSA(algorithms[name]()))
        elif isinstance(key, ed25519.Ed25519PublicKey) and kind == "ed25519":
            key.verify(signature, attributes)
        else:
            raise NotAStamp(f"its {kind} signature does not go with its certificate")
    except InvalidSignature:
        raise NotAStamp("its signature does not hold") from None


def _check_purpose(certificate: Any) -> None:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        raise NotAStamp("its certificate is not for stamping time") from None
    only = list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    _hold(only and usage.critical, "its certificate is not for stamping time alone")


def _check_chain(certificate: Any, known: Iterable[Any], roots: bytes, time: datetime) -> None:
    """From a certificate, each issued by the next, to one that is trusted; all of them valid at that time."""
    from cryptography import x509

    trusted = x509.load_pem_x509_certificates(roots)
    if not _leads(certificate, tuple(known), trusted, time, 0):
        raise NotAStamp("no chain of certificates valid at its time leads to a root that is trusted")


def _leads(one: Any, known: Sequence[Any], trusted: Sequence[Any], time: datetime, depth: int) -> bool:
    if not one.not_valid_before_utc <= time <= one.not_valid_after_utc:
        return False
    if one in trusted:
        return True
    if depth == LONGEST_CHAIN:
        return False
    for issuer in dict.fromkeys([*trusted, *known]):
        named = issuer != one and issuer.subject == one.issuer
        issued = named and _may_issue(issuer, depth) and _issued(one, issuer)
        if issued and _leads(issuer, known, trusted, time, depth + 1):
            return True
    return False


def _may_issue(issuer: Any, below: int) -> bool:
    from cryptography import x509

    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    if not constraints.ca or (constraints.path_length is not None and constraints.path_length < below):
        return False
    try:
        return bool(issuer.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign)
    except x509.ExtensionNotFound:
        return True


def _issued(one: Any, issuer: Any) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        one.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
