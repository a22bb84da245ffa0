"""Reworded copies: two accounts wrote nearly the same text. Reposts are not copies.

An object is a wording with everything that comes near it, two different wordings at least: where all wrote just the
same, `text` has it already. So this kind shows what editing hid, and no copy is counted for both.
"""

from __future__ import annotations

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.traces.kinds import Words
from groundswell.traces.normal_text import define_normal_texts, text_object
from groundswell.traces.similar_text.clusters import clusters
from groundswell.traces.similar_text.pairs import LEAST, similar_pairs
from groundswell.traces.trace import Trace, Uncompared

# What was not compared stands in every row: the table may be made on another machine, and brings nothing else back.
NEAR_TEXTS = TableContract(
    "near_texts",
    {"form_id": "text", "object_id": "text", "n_links": "bigint", "n_left_out": "bigint"},
    order=("form_id",),
)

FORMS = """
select any_value(form) as form, object_id as form_id, any_value(posted.n) as n
from normal_texts
join (select object_id, count(*) as n from worded where not is_repost group by object_id) as posted using (object_id)
group by object_id
order by form
"""

QUERY = """
select near.object_id, account_id, post_id, time
from worded join near_texts as near on worded.object_id = near.form_id
where not is_repost
"""


def find(engine: Engine) -> str:
    """Wordings are near when seven tenths of their shingles are the same; see `similar_text.pairs`."""
    engine.derive(NEAR_TEXTS, FORMS, _near, at_once=True)
    return QUERY


def _near(written: Columns) -> Columns:
    """The wordings that come near another, each with the wording in the middle."""
    order = np.argsort(written["form"], kind="stable")  # next to nothing where the engine has kept the order
    forms, form_ids = written["form"][order].tolist(), written["form_id"][order]
    pairs = similar_pairs(forms, least=LEAST)
    near = clusters(pairs, written["n"][order].tolist())
    # A form is folded once more, so a wording in the middle may turn out too short to compare.
    found = [
        (form_ids[member], thing)
        for star in near
        if (thing := text_object(forms[star[0]])) is not None
        for member in star
    ]
    return {
        "form_id": text_column(form for form, _ in found),
        "object_id": text_column(thing for _, thing in found),
        "n_links": np.full(len(found), pairs.n_links, np.int64),
        "n_left_out": np.full(len(found), pairs.n_left_out, np.int64),
    }


def left_out(engine: Engine) -> Uncompared | None:
    """What was not compared, where one template filled too many texts."""
    ((n_links, n_left_out),) = engine.rows("select max(n_links), max(n_left_out) from near_texts")
    return Uncompared(kind=TRACE.name, n_links=n_left_out, of=n_links) if n_left_out else None


TRACE = Trace(
    name="near_text",
    question="Who wrote nearly the same words?",
    words=Words("posted", "reworded text", "reworded texts"),
    needs=(define_normal_texts,),
    find=find,
    left_out=left_out,
    source="Broder 1997, doi:10.1109/SEQUEN.1997.666900",
    innocent=(
        "a petition or a share button whose text people adapt",
        "a headline that every outlet words in its own way",
        "a running joke with exchangeable words",
    ),
)
