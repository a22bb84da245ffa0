"""Reworded copies: two accounts wrote nearly the same text. Reposts are not copies.

An object is a wording with everything that comes near it, two different wordings at least: where all wrote just the
same, `text` has it already. So this kind shows what editing hid, and no copy is counted for both.
"""

from __future__ import annotations

from groundswell.engine.engine import Engine
from groundswell.model.table import TableContract, text_column
from groundswell.traces.kinds import Words
from groundswell.traces.normal_text import FEWEST_WORDS, n_words, normal_text, text_object
from groundswell.traces.similar_text.clusters import clusters
from groundswell.traces.similar_text.pairs import LEAST, similar_pairs
from groundswell.traces.trace import Trace

NEAR_TEXTS = TableContract("near_texts", {"text": "text", "object_id": "text"}, order=("text",))

TEXTS = """
select text, count(*) as n
from posts
where text is not null and not is_repost
group by text
order by text
"""

QUERY = """
select n.object_id, account_id, post_id, time
from posts join near_texts as n on posts.text = n.text
where not is_repost
"""


def find(engine: Engine) -> str:
    """Wordings are near when seven tenths of their shingles are the same; see `similar_text.pairs`."""
    written = engine.query(TEXTS)
    posted: dict[str, int] = {}
    form_of = {text: normal_text(text) for text in written["text"]}
    for text, n in zip(written["text"], written["n"].tolist(), strict=True):
        posted[form_of[text]] = posted.get(form_of[text], 0) + n
    forms = sorted(form for form in posted if n_words(form) >= FEWEST_WORDS)
    near = clusters(similar_pairs(forms, least=LEAST), [posted[form] for form in forms])
    middle = {forms[member]: text_object(forms[star[0]]) for star in near for member in star}
    found = [(text, thing) for text, form in form_of.items() if (thing := middle.get(form)) is not None]
    engine.load(
        NEAR_TEXTS,
        {"text": text_column(text for text, _ in found), "object_id": text_column(thing for _, thing in found)},
    )
    return QUERY


TRACE = Trace(
    name="near_text",
    question="Who wrote nearly the same words?",
    words=Words("posted", "reworded text", "reworded texts"),
    find=find,
    source="Broder 1997, doi:10.1109/SEQUEN.1997.666900",
    innocent=(
        "a petition or a share button whose text people adapt",
        "a headline that every outlet words in its own way",
        "a running joke with exchangeable words",
    ),
)
