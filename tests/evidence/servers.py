"""Servers on this machine that stand for the web, a time-stamp authority and an archive."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Local:
    """A web server, and what it was asked."""

    port: int = 0
    pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler, bytes], Answer | None]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def html(self, path: str, text: str) -> None:
        """Serve a page."""
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, text.encode())

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send whoever asks elsewhere."""
        self.pages[path] = (status, {"Location": to}, b"")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without looking up the name of this machine, which takes a while where there is no network."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


@contextmanager
def serving(local: Local) -> Iterator[Local]:
    """Serve the pages of `local` as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            local.asked.append((self.command, self.path, dict(self.headers)))
            page = local.pages.get(self.path, (404, {}, b"gone"))
            made = page(self, sent) if callable(page) else page
            if made is None:
                return
            status, headers, body = made
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value.encode().decode("latin-1"))
            self.end_headers()
            self.wfile.write(body)

        do_GET = answer  # noqa: N815 - the name is the standard library's
        do_POST = answer  # noqa: N815

        def log_message(self, *words: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        local.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield local
        finally:
            server.shutdown()
            thread.join()


SETTINGS = """
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[tsa]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[loose]
basicConstraints = critical,CA:false
extendedKeyUsage = critical,timeStamping,serverAuth
[stamp]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha512
accuracy = secs:1
ess_cert_id_alg = {ess}
"""

KEYS = {"rsa": ("rsa:2048",), "ec": ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")}


def make_authority(folder: Path, *, kind: str = "rsa", ess: str = "sha256", extensions: str = "tsa") -> Path:
    """Certificates and settings of a time-stamp authority; returns its root."""
    folder.mkdir(parents=True)
    (folder / "settings").write_text(SETTINGS.format(ess=ess))
    (folder / "serial").write_text("01\n")
    for command in (
        (
            "req",
            "-x509",
            "-newkey",
            *KEYS[kind],
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-days",
            "3650",
            "-subj",
            "/CN=Root",
            "-config",
            "settings",
            "-extensions",
            "ca",
        ),
        (
            "req",
            "-newkey",
            *KEYS[kind],
            "-nodes",
            "-keyout",
            "tsa.key",
            "-out",
            "tsa.csr",
            "-subj",
            "/CN=Authority",
            "-config",
            "settings",
        ),
        (
            "x509",
            "-req",
            "-in",
            "tsa.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-set_serial",
            "2",
            "-days",
            "3650",
            "-extfile",
            "settings",
            "-extensions",
            extensions,
            "-out",
            "tsa.pem",
        ),
    ):
        _openssl(folder, *command)
    return folder / "ca.pem"


def answer_of(folder: Path, question: bytes) -> bytes:
    """What the authority says to a question."""
    (folder / "question").write_bytes(question)
    _openssl(
        folder, "ts", "-reply", "-config", "settings", "-section", "stamp", "-queryfile", "question", "-out", "answer"
    )
    return (folder / "answer").read_bytes()


def stamps_at(local: Local, path: str, folder: Path) -> None:
    """Let a server answer time-stamp questions."""

    def answer(_: BaseHTTPRequestHandler, sent: bytes) -> Answer:
        return 200, {"Content-Type": "application/timestamp-reply"}, answer_of(folder, sent)

    local.pages[path] = answer


def archives_at(local: Local, *, polls: int = 1, outcome: str = "success") -> None:
    """Let a server be an archive that needs some time."""
    left = [polls]

    def save(_: BaseHTTPRequestHandler, sent: bytes) -> Answer:
        return 200, {"Content-Type": "application/json"}, json.dumps({"job_id": "spn2-1"}).encode()

    def status(_: BaseHTTPRequestHandler, sent: bytes) -> Answer:
        left[0] -= 1
        told = {"status": "pending"} if left[0] >= 0 else {"status": outcome, "timestamp": "20240501100000"}
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()

    local.pages["/save"] = save
    local.pages["/save/status/spn2-1"] = status


def _openssl(folder: Path, *words: str) -> None:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
