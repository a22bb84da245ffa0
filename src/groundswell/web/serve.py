"""Serving a study to the one person at this machine."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn

from groundswell.errors import WrongUse
from groundswell.store.study import Study
from groundswell.web.app import make_app
from groundswell.web.sse import Streams

LOOPBACK = "127.0.0.1"


def serve(study: Study, *, port: int = 0, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    port
        0 takes any free one.
    ready
        Called with the address, token included, once the server listens.

    Raises
    ------
    WrongUse
        The port is taken, or is none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise WrongUse(
                f"Port {port} can't be used: {getattr(error, 'strerror', None) or error}.\n"
                "  Name another one, or leave --port away for any that is free."
            ) from None
        listening.listen(128)
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        app = make_app(study, token=token, hosts=(f"{LOOPBACK}:{port}", f"localhost:{port}"))
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="off"
        )
        threading.Thread(target=app.state.shelf.warm, daemon=True).start()
        ready(f"http://{LOOPBACK}:{port}/?token={token}")
        try:
            _Server(config, app.state.streams).run(sockets=[listening])
        except KeyboardInterrupt:
            # Ctrl-C is how one ends it.
            pass
        finally:
            app.state.live.stop()
            app.state.jobs.stop()


class _Server(uvicorn.Server):
    """Ends the streams when it is told to end: it would wait for their readers otherwise."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What Ctrl-C does."""
        self._streams.close()
        super().handle_exit(sig, frame)
