"""A study that is collected and served at once: how long its pages take, and how far the panels are behind.

    python benchmarks/live.py [--rate 1000] [--seconds 60] [--json FILE]

Three processes: a Jetstream that sends posts of 20,000 accounts at the rate, `groundswell collect bluesky`, and
`groundswell serve`. While they run, this one asks for `/watch` again and again (a reader who never waits) and for
`/watch/state` twenty times a second. How far the panels are behind is measured from the socket: the first post that
they do not count yet was handed to the collector at a time that the Jetstream wrote down. The first ten seconds, in
which everything starts, do not count.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from websockets.asyncio.server import ServerConnection, serve

BEGIN_US = 1_714_557_600_000_000
WARM_S = 10.0
BEAT_S = 0.02
POST = "app.bsky.feed.post"
TARGET = "pages under 500 ms at the 95th percentile, panels at most 2 s behind, at 1,000 events a second"


class Sender:
    """A Jetstream at a steady rate that writes down when it sent what."""

    def __init__(self, rate: int) -> None:
        """Send `rate` posts a second, once somebody listens."""
        self.rate = rate
        self.sent: list[tuple[float, int]] = []
        """(when, how many by then)"""
        self._random = Random(0)
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self.port = 0

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        """Stop sending."""
        self._stop.set()

    async def _run(self) -> None:
        async with serve(self._send, "127.0.0.1", 0, compression=None) as server:
            self.port = next(iter(server.sockets)).getsockname()[1]
            self._ready.set()
            await server.serve_forever()

    async def _send(self, connection: ServerConnection) -> None:
        began, n = time.monotonic(), 0
        while not self._stop.is_set():
            due = int((time.monotonic() - began) * self.rate)
            for number in range(n, due):
                await connection.send(json.dumps(self._post(number)))
            n = max(n, due)
            self.sent.append((time.monotonic(), n))
            await asyncio.sleep(BEAT_S)
        await connection.wait_closed()

    def _post(self, number: int) -> dict[str, Any]:
        random = self._random
        tags = [f"tag{int(random.paretovariate(0.8)) % 5_000}" for _ in range(random.randrange(3))]
        page = f"https://site{random.randrange(300)}.example/{int(random.paretovariate(0.7)) % 20_000}"
        link = {"features": [{"$type": "app.bsky.richtext.facet#link", "uri": page}]}
        record = {"$type": POST, "text": f"post {number}", "langs": ["en"], "tags": tags}
        if random.random() < 0.4:
            record["facets"] = [link]
        commit = {
            "rev": f"r{number}",
            "operation": "create",
            "collection": POST,
            "rkey": f"k{number}",
            "record": record,
        }
        account = f"did:plc:{int(random.paretovariate(0.9)) % 20_000:024x}"
        time_us = BEGIN_US + int(number * 1e6 / self.rate)
        return {"did": account, "time_us": time_us, "kind": "commit", "commit": {**commit, "record": record}}


def main() -> None:
    """Run all three, ask, print and write."""
    parser = argparse.ArgumentParser(description="A study that is collected and served at once.")
    parser.add_argument("--rate", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    sender = Sender(options.rate)
    sender.start()
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "live.study"
        groundswell = [sys.executable, "-m", "groundswell.cli.main"]
        address = f"ws://127.0.0.1:{sender.port}/subscribe"
        collecting = [*groundswell, "collect", "bluesky", "--study", str(study), "--url", address, "--until-stopped"]
        with subprocess.Popen(collecting, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as collector:
            while not sender.sent or sender.sent[-1][1] < options.rate:
                time.sleep(0.1)
            serving = [*groundswell, "serve", str(study), "--no-open"]
            with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True) as server:
                report = asked(sender, server, options.seconds)
                server.terminate()
            sender.stop()
            collector.terminate()
    report = {"rate": options.rate, "seconds": options.seconds, **report, "target": TARGET}
    print(json.dumps(report, indent=2))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def asked(sender: Sender, server: subprocess.Popen[str], seconds: float) -> dict[str, Any]:
    """Page times, and how far behind the panels were each time they were asked."""
    line = server.stdout.readline() if server.stdout else ""
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)\s*", line)
    if found is None:
        raise SystemExit(f"the server said {line!r}")
    port, token = int(found[1]), found[2]
    pages: list[tuple[float, float]] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            before = time.monotonic()
            get(port, token, "/watch")
            pages.append((before, time.monotonic() - before))

    get(port, token, "/watch")
    time.sleep(WARM_S)
    began = time.monotonic()
    reader = threading.Thread(target=read)
    reader.start()
    looks = []
    while time.monotonic() - began < seconds:
        told = json.loads(get(port, token, "/watch/state"))
        looks.append((time.monotonic(), int(told["posts"])))
        time.sleep(0.05)
    ended.set()
    reader.join()
    when, n = (np.array(column) for column in zip(*sender.sent, strict=True))
    # Of n posts counted, the first that is missing was sent when more than n had been.
    lags = []
    for now, counted in looks:
        at = int(np.searchsorted(n, counted, side="right"))
        lags.append(max(0.0, now - float(when[at])) if at < len(when) else 0.0)
    took = [s for _, s in pages]
    sent = float(np.interp(began + seconds, when, n) - np.interp(began, when, n)) / seconds
    return {
        "events_a_second": round(sent),
        "posts_counted": looks[-1][1],
        "pages": len(took),
        "page_ms_median": round(1e3 * float(np.median(took))),
        "page_ms_p95": round(1e3 * float(np.quantile(took, 0.95))),
        "behind_s_median": round(float(np.median(lags)), 2),
        "behind_s_p95": round(float(np.quantile(lags, 0.95)), 2),
        "behind_s_most": round(max(lags), 2),
        "peak_mb_server": peak_mb(server.pid),
    }


def get(port: int, token: str, path: str) -> bytes:
    """An answer of the server."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"cookie": f"groundswell={token}"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return body
    finally:
        connection.close()


def peak_mb(process: int) -> int:
    """MB that a process held at most so far."""
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s+(\d+)", told)
    return int(peak[1]) // 1024 if peak else 0


if __name__ == "__main__":
    main()
