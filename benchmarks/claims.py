"""How long it takes to trace the claims of many articles, and that the time grows with them and not with their square.

    python benchmarks/claims.py [10000]

A made-up press: houses in tens, a wire whose stories are copied, links, names, passages, loops, comments beneath,
about 350 words an article. Times are CPU seconds of one process; reading the files is part of it.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from groundswell.claims.citations import trace_citations
from groundswell.claims.graph import graph
from groundswell.claims.mutations import mutation_log
from groundswell.claims.read_documents import documents_of
from groundswell.claims.roots import find_roots
from groundswell.claims.statements import Claim

WORDS = tuple(f"{first}{last}" for first in ("har", "cou", "sto", "qua", "led", "mar", "bri") for last in "abcdefghij")
FIRST = datetime(2026, 5, 1, tzinfo=UTC)


def press(n: int, seed: int = 0) -> bytes:
    """`n` made-up articles as JSON lines."""
    rng = random.Random(seed)
    n_houses = max(20, n // 10)
    lines, stories = [], []
    for i in range(n):
        house = rng.randrange(n_houses)
        row = {
            "url": f"https://house{house}.example/a/{i}",
            "publisher": f"House{house} Gazette",
            "published": (FIRST + timedelta(minutes=3 * i)).isoformat(),
            "title": " ".join(rng.choices(WORDS, k=6)).capitalize(),
        }
        filling = [" ".join(rng.choices(WORDS, k=14)).capitalize() + "." for _ in range(24)]
        links: list[str] = []
        kind = rng.random()
        number = rng.randrange(100, 4_000)
        if i == 0 or kind < 0.05:
            claim = f"We counted {number} accounts that used #OpenGate."
        elif kind < 0.35:
            claim = f"Bots drove #OpenGate on the platform, House{rng.randrange(n_houses)} Gazette reported."
        elif kind < 0.65:
            links = [f"https://house{lines[rng.randrange(len(lines))][0]}"]
            claim = f"Some {number} accounts pushed #OpenGate for days, it was reported."
        elif kind < 0.9 and stories:
            filling[3:9], claim = rng.choice(stories[-50:])
        else:
            claim = f"Some {number} foreign accounts have been pushing #OpenGate."
        filling[4] = claim
        stories.append((filling[3:9], claim))
        text = "\n\n".join(" ".join(filling[at : at + 4]) for at in range(0, 24, 4))
        lines.append((f"{house}.example/a/{i}", json.dumps({**row, "text": text, "links": links})))
    return "\n".join(line for _, line in lines).encode()


def main() -> None:
    """Print the table."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(" articles  citations    CPU s  ms each   read   cite  roots   hops")
    for n in (largest // 10, largest):
        content = press(n)
        times = [time.process_time()]
        reading = documents_of([("press.jsonl", content)])
        times.append(time.process_time())
        traced = trace_citations(reading.documents, "#OpenGate")
        times.append(time.process_time())
        by_id = {one.document_id: one for one in reading.documents}
        found = find_roots(graph(traced, Claim.SPREAD, {}), by_id)
        times.append(time.process_time())
        mutation_log(traced)
        times.append(time.process_time())
        steps = [b - a for a, b in pairwise(times)]
        total = sum(steps)
        told = " ".join(f"{step:6.1f}" for step in steps)
        print(f"{n:>9,} {len(traced.citations):>10,} {total:>8.1f} {1000 * total / n:>8.1f} {told}", flush=True)
        print(
            f"{'':>9} {found.n_documents:,} say so, {found.effective:.1f} roots ({found.low:.1f} to {found.high:.1f})"
        )
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
