"""Pictures found again after they were changed, and pictures mistaken for one another.

    python benchmarks/pictures.py [--pictures 2000] [--unrelated 100000] [--cut-outs 5000] [--hashes 1000000]
                                  [--kept FOLDER] [--json FILE]

Makes up pictures (`groundswell.simulate.pictures`: half scenes, half portraits, 256 pixels a side), changes each in
the ways below, and asks of the whole set of changed pictures which original each of them shows: the very functions of
`groundswell pictures`, originals as the reference. A picture counts as found when it is paired with its own original,
and as mistaken when it is paired with another.

«crop c» keeps a window of (1 - c) of the width and of the height, at a random place: of a crop of 50 % a quarter of
the picture is left. Pictures that are too plain to compare are left out first, and how many they are is printed.

Three more figures: the pairs among many pictures that have nothing in common, by hashes (`--unrelated`) and, of fewer
pictures, by corners too (`--cut-outs`), and what a search among very many hashes costs (`--hashes`). 0 leaves one out.
Drawing 100,000 pictures takes ten minutes of CPU: `--kept` keeps their prints in a folder, so that a run that was
stopped goes on where it was. `--changes` names the changes to be made, such as `crop`; without it, all.

Made-up pictures are not photographs. The last column of the page in docs/ gives the same figures for 18 photographs.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

from groundswell.personas.pictures.folder import set_aside
from groundswell.personas.pictures.pairs import Print, pairs, print_of
from groundswell.personas.pictures.search import near
from groundswell.simulate.pictures import picture, portrait

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
TARGETS = {
    "48 px, JPEG 60": 0.97,
    "crop 5 %": 0.95,
    "crop 10 %": 0.85,
    "mirror": 0.97,
    "crop 25 %": 0.6,
    "crop 50 %": 0.6,
}

CHUNK = 1000
"""Pictures drawn and kept at a time."""

Change = Callable[[Image.Image, np.random.Generator], Image.Image]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description="Pictures found again, and mistaken.")
    parser.add_argument("--pictures", type=int, default=2000)
    parser.add_argument("--unrelated", type=int, default=100_000)
    parser.add_argument("--cut-outs", type=int, default=5_000)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--changes", default="")
    parser.add_argument("--hashes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    report: dict[str, Any] = {"seed": options.seed, "cores": os.cpu_count()}
    if options.hashes:
        report["search"] = searched(options.hashes, options.seed)
        print(json.dumps(report["search"]), flush=True)
    if options.pictures:
        report["changes"] = changes(options.pictures, options.seed, options.changes)
    if options.unrelated:
        report["unrelated"] = unrelated(options.unrelated, options.seed, options.kept, cut_outs=False)
        print(json.dumps(report["unrelated"]), flush=True)
    if options.cut_outs:
        report["cut_outs"] = unrelated(options.cut_outs, options.seed, options.kept, cut_outs=True)
        print(json.dumps(report["cut_outs"]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def searched(n: int, seed: int) -> dict[str, Any]:
    """CPU seconds to find every near pair among n 64-bit hashes, one in a hundred of them planted near another."""
    draw = np.random.default_rng(seed)
    hashes = draw.integers(0, 2**64, size=(n, 1), dtype=np.uint64)
    planted = n // 100
    flips = np.zeros(planted, dtype=np.uint64)
    for _ in range(10):
        flips |= np.uint64(1) << draw.integers(0, 64, planted, dtype=np.uint64)
    hashes[-planted:, 0] = hashes[:planted, 0] ^ flips
    near(hashes[:1000], None, 10)  # compiles
    started = time.process_time()
    i, j, _ = near(hashes, None, 10)
    seconds = time.process_time() - started
    met = set(zip(i.tolist(), j.tolist(), strict=True))
    found = sum((at, n - planted + at) in met for at in range(planted))
    return {"hashes": n, "radius": 10, "cpu_s": round(seconds, 1), "pairs": len(i), "planted": planted, "found": found}


def changes(n: int, seed: int, named: str) -> list[dict[str, Any]]:
    """For each change whose name begins with `named`, the originals found again and the pairs with another."""
    made = [made_up(at + seed * n) for at in range(n)]
    originals, plain = set_aside([print_of(f"{at:06d}", grey(one)) for at, one in enumerate(made)])
    print(f"{n:,} pictures, {len(plain):,} of them too plain to compare")
    rows = []
    for number, (name, change) in enumerate(CHANGES.items()):
        if not name.startswith(named):
            continue
        draw = np.random.default_rng([seed, number])
        started = time.process_time()
        changed = [print_of(f"{one.name}x", grey(change(made[int(one.name)], draw))) for one in originals]
        kept, dropped = set_aside(changed)
        found, mistaken, surely, methods = matched(kept, originals)
        rows.append(
            {
                "change": name,
                "pictures": len(originals),
                "found": len(found),
                "share": round(len(found) / len(originals), 4),
                "target": TARGETS.get(name),
                "too_plain_after": len(dropped),
                "mistaken_pairs": mistaken,
                "of_them_sure": surely,
                "possible_wrong_pairs": len(kept) * (len(originals) - 1),
                "methods": methods,
                "cpu_s": round(time.process_time() - started, 1),
            }
        )
        print(json.dumps(rows[-1]), flush=True)
    return rows


def matched(changed: list[Print], originals: list[Print]) -> tuple[set[str], int, int, dict[str, int]]:
    """Names found with their own original, pairs with another, how many of those are called sure, and by which method.

    The changed pictures are asked one by one: of the same scene changed twice no pair is asked for.
    """
    found: set[str] = set()
    mistaken = surely = 0
    methods: dict[str, int] = {}
    for pair in pairs(changed, originals, progress=told):
        if pair.a == f"{pair.b}x":
            found.add(pair.a)
            methods[pair.method] = methods.get(pair.method, 0) + 1
            continue
        mistaken += 1
        surely += pair.sure
    return found, mistaken, surely, methods


def unrelated(n: int, seed: int, kept: Path | None, *, cut_outs: bool) -> dict[str, Any]:
    """Pairs among n pictures that have nothing in common, by hashes and grids, or by corners too.

    The hashes are read from a grid of 64 by 64, so the pictures are drawn no larger; corners want 128. PDQ asks for
    200 pixels and has no say.
    """
    started = time.process_time()
    prints = [one for first in range(0, n, CHUNK) for one in chunk(first, min(first + CHUNK, n), seed, kept, cut_outs)]
    drawn = time.process_time()
    compared, plain = set_aside(prints)
    found = pairs(compared, progress=told)
    return {
        "pictures": n,
        "cut_outs": cut_outs,
        "too_plain": len(plain),
        "compared": len(compared),
        "possible_pairs": len(compared) * (len(compared) - 1) // 2,
        "pairs": len(found),
        "sure_pairs": sum(pair.sure for pair in found),
        "examples": [pair.as_json() for pair in sorted(found, key=lambda pair: not pair.sure)[:20]],
        "drawing_cpu_s": round(drawn - started, 1),
        "cpu_s": round(time.process_time() - started, 1),
    }


def chunk(first: int, last: int, seed: int, kept: Path | None, cut_outs: bool) -> list[Print]:
    """The prints of some of the pictures, from the folder where they are kept, or drawn and kept there."""
    file = kept / f"prints-{seed}-{first:07d}-{last:07d}{'-corners' if cut_outs else ''}.pickle" if kept else None
    if file and file.exists():
        return list(pickle.loads(file.read_bytes()))
    side = 128 if cut_outs else 64
    prints = []
    for at in range(first, last):
        colours = (picture if at % 2 else portrait)(10_000_000 + seed * 1_000_000 + at, height=side, width=side)
        prints.append(print_of(f"{at:07d}", colours.astype(np.float32) @ LUMA, corners=cut_outs))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        being = file.with_suffix(".part")
        being.write_bytes(pickle.dumps(prints))
        being.replace(file)
    told("Drawing pictures", last, last)
    return prints


def told(step: str, done: int, total: int) -> None:
    """A line to stderr, for whoever follows the run in a file."""
    print(f"{step} {done:,} of {total:,}", file=sys.stderr, flush=True)


def made_up(seed: int) -> Image.Image:
    """A scene or a portrait."""
    return Image.fromarray((picture if seed % 2 else portrait)(seed))


def grey(image: Image.Image) -> np.ndarray[Any, np.dtype[np.float32]]:
    """As the reader of files makes it."""
    return np.asarray(np.asarray(image.convert("RGB"), dtype=np.float32) @ LUMA)


def saved(image: Image.Image, quality: int) -> Image.Image:
    """The picture after a platform saved it as JPEG."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(io.BytesIO(file.getvalue()))


def cropped(part: float) -> Change:
    """A window of 1 - part of both sides, anywhere, saved again."""

    def change(image: Image.Image, draw: np.random.Generator) -> Image.Image:
        width, height = round(image.width * (1 - part)), round(image.height * (1 - part))
        left, top = draw.integers(0, image.width - width + 1), draw.integers(0, image.height - height + 1)
        return saved(image.crop((int(left), int(top), int(left) + width, int(top) + height)), 80)

    return change


CHANGES: dict[str, Change] = {
    "JPEG 30": lambda image, _: saved(image, 30),
    "48 px, JPEG 60": lambda image, _: saved(image.resize((48, 48), Image.Resampling.LANCZOS), 60),
    "mirror": lambda image, _: saved(ImageOps.mirror(image), 80),
    "brighter × 1.3": lambda image, _: saved(ImageEnhance.Brightness(image).enhance(1.3), 80),
    "crop 5 %": cropped(0.05),
    "crop 10 %": cropped(0.10),
    "crop 25 %": cropped(0.25),
    "crop 50 %": cropped(0.50),
    "crop 50 %, 128 px, mirror": lambda image, draw: saved(
        ImageOps.mirror(cropped(0.5)(image, draw)).resize((128, 128)), 70
    ),
}

if __name__ == "__main__":
    main()
