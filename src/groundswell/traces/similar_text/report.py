"""Similar texts and templates of a list of texts, as plain values for JSON.

texts ──► pairs with their Jaccard index · clusters · templates with their fillings
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from groundswell.model.progress import Progress, silent
from groundswell.traces.normal_text import FEWEST_WORDS, n_words, normal_text
from groundswell.traces.similar_text.clusters import clusters
from groundswell.traces.similar_text.embedding import MODEL, Embed
from groundswell.traces.similar_text.encoded import SIZE
from groundswell.traces.similar_text.pairs import LEAST, SimilarPairs, similar_pairs
from groundswell.traces.similar_text.paraphrases import LEAST_ALIKE, NOTE, paraphrases
from groundswell.traces.similar_text.templates import LEAST_LINK, Template, templates

MOST_PAIRS = 200_000
"""Pairs of rows that are listed one by one; beyond, copies are listed with the first row of their wording only."""

MOST_MEMBERS = 200
"""Rows that a template lists with their fillings."""


def similar_text(
    texts: Sequence[str | None],
    ids: Sequence[str] | None = None,
    *,
    least: float = LEAST,
    embed: Embed | None = None,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Find the near copies and the templates among texts.

    Parameters
    ----------
    texts
        One a row; None where a row has no text.
    ids
        What each row is called, such as the post's id; its number from 1 by default.
    least
        Jaccard index from which two texts are listed.
    embed
        Makes directions of texts; with it, ``paraphrases`` are looked for too, among texts of five words and more.

    Returns
    -------
    dict
        ``pairs`` of rows a < b, ``clusters``, ``templates``, and the counts that they are part of. What is compared
        is the text without links, handles, case and invisible characters.
    """
    names = list(ids) if ids is not None else [str(row) for row in range(1, len(texts) + 1)]
    rows_of: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        form = normal_text(text) if text else ""
        if len(form) >= SIZE:
            rows_of.setdefault(form, []).append(row)
    forms = list(rows_of)
    somewhat = similar_pairs(forms, least=min(LEAST_LINK, least))
    near = somewhat.at_least(least)
    listed, complete = _pairs(forms, rows_of, near)
    stars = clusters(near, [len(rows_of[form]) for form in forms])
    found = templates(forms, somewhat)
    n_compared = sum(map(len, rows_of.values()))
    return {
        "n_texts": len(texts),
        "n_compared": n_compared,
        "n_too_short": len(texts) - n_compared,
        "n_distinct": len(forms),
        "shingle": f"{SIZE} characters",
        "least_jaccard": least,
        "n_pairs": len(listed),
        "pairs_complete": complete and near.n_clusters_in_part == 0,
        "pairs": [
            {"a": names[a], "b": names[b], "row_a": a + 1, "row_b": b + 1, "jaccard": round(jaccard, 4)}
            for a, b, jaccard in listed
        ],
        "clusters": [
            {
                "text": forms[star[0]],
                "n_wordings": len(star),
                "n_texts": sum(len(rows_of[forms[one]]) for one in star),
                "rows": sorted(row + 1 for one in star for row in rows_of[forms[one]])[:MOST_MEMBERS],
            }
            for star in stars
        ],
        "templates": [_template(one, forms, rows_of, names, n_compared) for one in found],
        **(_paraphrases(forms, rows_of, names, somewhat, embed, progress) if embed else {}),
    }


def _paraphrases(
    forms: Sequence[str],
    rows_of: dict[str, list[int]],
    names: Sequence[str],
    somewhat: SimilarPairs,
    embed: Embed,
    progress: Progress,
) -> dict[str, Any]:
    """Candidates beside the pairs: wordings by their first rows, since a copy of a wording says no more."""
    asked = [at for at, form in enumerate(forms) if n_words(form) >= FEWEST_WORDS]
    place = {form: at for at, form in enumerate(asked)}
    linked = zip(somewhat.a.tolist(), somewhat.b.tolist(), strict=True)
    known = {(min(place[a], place[b]), max(place[a], place[b])) for a, b in linked if a in place and b in place}
    found = paraphrases([forms[at] for at in asked], known, embed, progress=progress)
    firsts = [(rows_of[forms[asked[one.a]]], rows_of[forms[asked[one.b]]], one.alike) for one in found]
    return {
        "paraphrases": [
            {
                "a": names[here[0]],
                "b": names[there[0]],
                "row_a": here[0] + 1,
                "row_b": there[0] + 1,
                "n_texts_a": len(here),
                "n_texts_b": len(there),
                "alike": alike,
                "weaker": True,
            }
            for here, there, alike in firsts
        ],
        "n_paraphrases": len(found),
        "n_wordings_read_by_model": len(asked),
        "least_alike": LEAST_ALIKE,
        "model": MODEL,
        "paraphrase_note": NOTE,
    }


def _pairs(
    forms: Sequence[str], rows_of: dict[str, list[int]], near: SimilarPairs
) -> tuple[list[tuple[int, int, float]], bool]:
    """Pairs of rows, and whether all are there."""
    linked = list(zip(near.a.tolist(), near.b.tolist(), near.jaccard.tolist(), strict=True))
    groups = [rows_of[form] for form in forms]
    total = sum(len(groups[a]) * len(groups[b]) for a, b, _ in linked)
    total += sum(len(rows) * (len(rows) - 1) // 2 for rows in groups)
    complete = total <= MOST_PAIRS
    found = []
    for a, b, jaccard in linked:
        here, there = (groups[a], groups[b]) if complete else (groups[a][:1], groups[b][:1])
        found += [(min(x, y), max(x, y), jaccard) for x in here for y in there]
    for rows in groups:
        firsts = rows if complete else rows[:1]
        found += [(x, y, 1.0) for at, x in enumerate(firsts) for y in rows[at + 1 :]]
    return sorted(found), complete


def _template(
    one: Template, forms: Sequence[str], rows_of: dict[str, list[int]], names: Sequence[str], n_compared: int
) -> dict[str, Any]:
    rows = [
        (row, filled) for text, filled in zip(one.members, one.fillings, strict=True) for row in rows_of[forms[text]]
    ]
    rows.sort()
    return {
        "template": str(one.shape),
        "n_slots": one.shape.n_slots,
        "n_texts": len(rows),
        "of": n_compared,
        "n_wordings": len(one.members),
        "slots": [[{"filling": filling, "n_wordings": n} for filling, n in slot] for slot in one.by_slot()],
        "members": [
            {"id": names[row], "row": row + 1, "fillings": list(filled)} for row, filled in rows[:MOST_MEMBERS]
        ],
        "n_members_not_listed": max(0, len(rows) - MOST_MEMBERS),
    }
