"""Near-duplicate text: texts a CPU second, recall of planted copies, and templates recovered.

    python benchmarks/text.py [--texts 1000000] [--seed 0] [--template-sets 10] [--json FILE]

Texts are words drawn by Zipf's law, 8 to 22 a text; one in twenty is a copy of another with one to three words
exchanged. The clock covers folding, encoding, finding and verifying. A tenth of the copies is then compared shingle by
shingle in plain Python, and recall counted among those whose Jaccard index is 0.7 or more.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.simulate.templates import copied_testimony
from groundswell.traces.normal_text import normal_text
from groundswell.traces.similar_text.pairs import LEAST, similar_pairs
from groundswell.traces.similar_text.templates import LEAST_LINK, templates

TARGETS = {"texts_a_cpu_s": 50_000, "recall": 0.99, "template_f1": 0.9}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Near-duplicate text: speed, recall, templates.")
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--template-sets", type=int, default=10)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    report = {
        **(pairs(options.texts, options.seed) if options.texts else {}),
        **recovered(options.template_sets),
        "targets": TARGETS,
    }
    print(json.dumps(report, indent=2))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def made(n: int, seed: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Texts, and which is a copy of which."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("etaoinshrdlucmfwyp"))
    words = ["".join(rng.choice(letters, int(k))) for k in rng.integers(2, 10, 8000)]
    weight = 1 / (np.arange(len(words)) + 3.0)
    n_first = n - n // 21
    drawn = rng.choice(len(words), size=(n_first, 22), p=weight / weight.sum())
    lengths = rng.integers(8, 23, n_first)
    texts = [" ".join(words[at] for at in row[:k]) for row, k in zip(drawn.tolist(), lengths.tolist(), strict=True)]
    copies = []
    for _ in range(n - n_first):
        source = int(rng.integers(n_first))
        pieces = texts[source].split()
        for _ in range(int(rng.integers(1, 4))):
            pieces[int(rng.integers(len(pieces)))] = words[int(rng.integers(len(words)))]
        copies.append((source, len(texts)))
        texts.append(" ".join(pieces))
    return texts, copies


def pairs(n: int, seed: int) -> dict[str, Any]:
    """Speed, recall and precision."""
    texts, copies = made(n, seed)
    similar_pairs(texts[:200])
    began = time.process_time()
    forms = [normal_text(text) for text in texts]
    folded = time.process_time()
    found = similar_pairs(forms)
    ended = time.process_time()
    listed = set(zip(found.a.tolist(), found.b.tolist(), strict=True))
    near = [(a, b) for a, b in copies[: max(len(copies) // 10, 1000)] if jaccard(forms[a], forms[b]) >= LEAST]
    sample = np.random.default_rng(seed).integers(0, len(found.a), 2000)
    true = sum(jaccard(forms[found.a[k]], forms[found.b[k]]) >= LEAST for k in sample)
    return {
        "texts": n,
        "characters_a_text": round(sum(map(len, texts)) / n, 1),
        "cpu_s": round(ended - began, 1),
        "cpu_s_folding": round(folded - began, 1),
        "texts_a_cpu_s": round(n / (ended - began)),
        "pairs": len(found.a),
        "recall": round(sum(pair in listed for pair in near) / len(near), 4),
        "of_copies": len(near),
        "precision_of_2000": true / len(sample),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def jaccard(a: str, b: str) -> float:
    """The index by the definition."""
    here, there = ({text[k : k + 4] for k in range(len(text) - 3)} for text in (a, b))
    return len(here & there) / len(here | there)


def recovered(n_sets: int) -> dict[str, Any]:
    """F1 of templates, a template being recovered when eight tenths of the texts in either are in both."""
    n_told, n_there, n_right = Counter[str](), Counter[str](), Counter[str]()
    for seed in range(n_sets):
        world = copied_testimony(seed)
        forms = list(dict.fromkeys(map(normal_text, world.texts)))
        told = templates(forms, similar_pairs(forms, least=LEAST_LINK))
        sets = [{forms[one] for one in template.members} for template in told]
        there: dict[str, set[str]] = {}
        for text, sentence, edited in zip(world.texts, world.template, world.edited, strict=True):
            if sentence and not edited:
                there.setdefault(sentence, set()).add(normal_text(text))
        known = [texts for texts in there.values() if len(texts) >= 3]
        n_told.update(script_of(min(one)) for one in sets)
        n_there.update(script_of(min(texts)) for texts in known)
        n_right.update(
            script_of(min(texts)) for texts in known if any(len(texts & one) >= 0.8 * len(texts | one) for one in sets)
        )
    return {
        "template_f1": f1(n_right.total(), n_told.total(), n_there.total()),
        "templates": n_there.total(),
        "templates_told": n_told.total(),
        "by_script": {
            script: {"f1": f1(n_right[script], n_told[script], n_there[script]), "templates": n_there[script]}
            for script in sorted(n_there)
        },
    }


def f1(right: int, told: int, there: int) -> float:
    """The harmonic mean of precision and recall."""
    return round(2 * right / (told + there), 3)


def script_of(text: str) -> str:
    """The script of a text's first letter."""
    name = unicodedata.name(next(letter for letter in text if letter.isalpha()))
    return "CHINESE" if name.startswith("CJK") else name.split()[0]


if __name__ == "__main__":
    main()
