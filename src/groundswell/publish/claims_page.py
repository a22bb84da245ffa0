"""The page about claims: how many sources that makes, who quoted whom, what changed on the way, and every citation.

Provenance ──► claims.html        one file, no request; words of documents are shown as inert text
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from groundswell.assess.wording import check, counted, percent
from groundswell.claims.citation import SURE, Basis, Citation, is_outside
from groundswell.claims.document import Document
from groundswell.claims.graph import OWN_PREFIX
from groundswell.claims.judgements import Standing
from groundswell.claims.mutations import Hop
from groundswell.claims.provenance import ClaimAccount, Provenance
from groundswell.claims.statements import SLOTS
from groundswell.claims.wording import change_words, changes_sentence, printable, would_settle
from groundswell.publish.figures.quoting import Dot, Line, quoting
from groundswell.publish.figures.sources import sources
from groundswell.publish.figures.svg import for_each_width
from groundswell.publish.page import page, printed
from groundswell.publish.redaction import inert
from groundswell.publish.spelling import count, days, minute

MOST_DRAWN = 60
"""Rows of the drawing; the table beneath it has all."""
MOST_CITATIONS = 400
MOST_LISTED = 500
LONGEST_QUOTE = 320


def claims_html(found: Provenance, *, version: str) -> str:
    """Write the page as one file."""
    return page("claims.html", **claims_content(found, version=version))


def claims_content(found: Provenance, *, version: str) -> dict[str, Any]:
    """Everything that ``claims.html`` asks for, by name."""
    documents = found.traced.documents
    dated = sorted(one.published for one in documents if one.published)
    return {
        "version": version,
        "about": inert(found.traced.about),
        "n_documents": count(len(documents)),
        "n_reports": count(found.n_reports),
        "dates": days(dated[0], dated[-1]) if dated else "dates unknown",
        "n_undated": sum(one.published is None for one in documents),
        "n_replies": count(sum(one.n_replies for one in documents)),
        "standing": found.standing_sentence(),
        "all_confirmed": all(found.standing(one) is not Standing.UNCONFIRMED for one in found.traced.citations),
        "accounts": [_account(found, account, n) for n, account in enumerate(found.accounts)],
        "citation_rows": _citation_rows(found),
        "n_citations": count(len(found.traced.citations)),
        "left_out": [(inert(one.file), count(one.row), inert(one.reason)) for one in found.left_out[:MOST_LISTED]],
        "n_left_out": count(len(found.left_out)),
        "n_rows": count(len(documents) + len(found.left_out)),
        "document_rows": [_document_row(one) for one in documents[:MOST_LISTED]],
    }


def _account(found: Provenance, account: ClaimAccount, number: int) -> dict[str, Any]:
    roots = account.roots
    sentences = (account.headline, account.lede, printable(account.claim, found.traced.about, roots))
    for sentence in sentences:
        check(sentence)
    first, _, second = account.headline.partition(". ")
    n_documents = counted(roots.n_documents, "document", "documents")
    squares = f"{n_documents} and {roots.effective:.1f} effective independent sources."
    hops = [hop for hop in found.hops if hop.changes and account.claim in hop.citation.claims]
    compared = sum(bool(hop.taken and hop.source) and account.claim in hop.citation.claims for hop in found.hops)
    by_slot = Counter(change.slot for hop in hops for change in hop.changes)
    path = _strongest_path(found, account)
    return {
        "anchor": f"claim-{number + 1}",
        "first": printed(first + "."),
        "second": printed(second),
        "lede": printed(account.lede),
        "n_documents": count(roots.n_documents),
        "effective": f"{roots.effective:.1f}",
        "interval": f"{roots.low:.1f} to {roots.high:.1f}",
        "squares": sources(roots.n_documents, roots.effective, roots.high, squares),
        "sum": _sum(account),
        "drawing": _drawing(found, account),
        "drawn_note": _drawn_note(account),
        "n_draws": count(roots.n_draws),
        "graph_rows": _graph_rows(found, account),
        "root_rows": [
            (
                f"{n + 1}",
                inert(root.name),
                str(root.kind),
                percent(root.weight),
                f"{root.weight * roots.n_documents:.1f} of {roots.n_documents:,}",
            )
            for n, root in enumerate(roots.roots[:MOST_LISTED])
        ],
        "circles": [
            (
                " → ".join(_label(found.by_id[one]) for one in circle.path),
                "These documents name each other."
                if circle.of_documents
                else "A house comes back to what it said itself, through others.",
            )
            for circle in account.circles
        ],
        "hops": [_hop_row(found, hop, n) for n, hop in enumerate(path)],
        "hops_start": _start(found, path),
        "hops_sentence": changes_sentence(
            sum(by_slot.values()), compared, {slot: by_slot[slot] for slot in SLOTS if by_slot[slot]}
        ),
        "change_rows": [
            (
                _label(found.by_id[hop.citation.cited]),
                _label(found.by_id[hop.citation.citing]),
                change_words(change),
                "; ".join(_quote(found, hop.citation.citing, *span, longest=80) for span in change.words)
                or "a limit was left out",
            )
            for hop in hops[:MOST_LISTED]
            for change in hop.changes
        ],
        "printable": printed(printable(account.claim, found.traced.about, roots)),
        "settle": [(printed(if_), printed(then)) for if_, then in would_settle(roots)],
    }


def _sum(account: ClaimAccount) -> str:
    """The arithmetic of the effective number, as far as a line holds it."""
    weights = [f"{root.weight:.2f}²" for root in account.roots.roots[:4]]
    more = " + …" if len(account.roots.roots) > 4 else ""
    return f"1 / ({' + '.join(weights)}{more}) = {account.roots.effective:.1f}" if weights else ""


def _label(document: Document) -> str:
    at = minute(document.published).rsplit(" ", 1)[0] if document.published else "date unknown"
    return inert(f"{document.name}, {at}")


def _quote(found: Provenance, document_id: str, start: int, end: int, *, longest: int = LONGEST_QUOTE) -> str:
    words = found.quote(document_id, start, end)
    return inert(words if len(words) <= longest else words[: longest - 1].rstrip() + "…")


def _resting(account: ClaimAccount) -> dict[str, int]:
    """For each node the number of the root that the shortest way along sure citations leads to."""
    number = {node: n for n, root in enumerate(account.roots.roots) for node in root.members}
    takers: defaultdict[str, list[str]] = defaultdict(list)
    for edge in account.graph.sure():
        takers[account.graph.nodes[edge.b]].append(account.graph.nodes[edge.a])
    found = dict(number)
    queue = deque(sorted(number, key=lambda node: (number[node], node)))
    while queue:
        node = queue.popleft()
        for taker in sorted(takers[node]):
            if taker not in found:
                found[taker] = found[node]
                queue.append(taker)
    return found


def _drawing(found: Provenance, account: ClaimAccount) -> Markup:
    graph, roots, resting = account.graph, account.roots, _resting(account)
    nodes = _drawn_nodes(found, account, resting)
    row = {node: n for n, node in enumerate(nodes)}
    at_root = {node: n for n, root in enumerate(roots.roots) for node in root.members}
    dots = []
    for node in nodes:
        document, at = found.by_id.get(node), at_root.get(node)
        stands_alone = document is None or not document.is_report
        weight = roots.roots[at].weight * roots.n_documents if at is not None else 0.0
        name = document.name if document else roots.roots[at].name if at is not None else node.split(":", 1)[-1]
        dots.append(
            Dot(
                label=inert(name) + (", own finding" if node.startswith(OWN_PREFIX) else ""),
                time=None if stands_alone or document is None else document.published,
                root=resting.get(node, 0),
                is_root=stands_alone,
                under=f"{weight:.1f} of {roots.n_documents}" if at is not None and stands_alone else "",
            )
        )
    basis = {(one.citing, one.cited): one.basis for one in found.traced.citations}
    lines = [
        Line(
            taker=row[graph.nodes[edge.a]],
            source=row[graph.nodes[edge.b]],
            thick=basis.get((graph.nodes[edge.a], graph.nodes[edge.b])) in (Basis.LINK, Basis.CREDIT, None),
            guess=edge.p < SURE,
        )
        for edge in graph.edges
        if graph.nodes[edge.a] in row and graph.nodes[edge.b] in row
    ]
    label = (
        f"Who quoted whom: {counted(len(nodes), 'document or source', 'documents and sources')} in order of time,"
        f" {counted(len(lines), 'line', 'lines')} from a source to whoever took it over."
    )
    return for_each_width(lambda width: quoting(dots, lines, label, width))


def _drawn_nodes(found: Provenance, account: ClaimAccount, resting: dict[str, int]) -> list[str]:
    """The nodes that are drawn, grouped by the root they rest on, each group in order of time."""

    def place(node: str) -> tuple[int, bool, str, str]:
        document = found.by_id.get(node)
        is_report = document is not None and document.is_report
        return resting.get(node, len(resting)), is_report, str(document.published if document else ""), node

    return sorted(account.graph.nodes, key=place)[:MOST_DRAWN]


def _drawn_note(account: ClaimAccount) -> str:
    n = len(account.graph.nodes)
    return f"The first {MOST_DRAWN} of {n:,} are drawn; the table has all." if n > MOST_DRAWN else ""


def _graph_rows(found: Provenance, account: ClaimAccount) -> list[tuple[str, ...]]:
    by_citing: defaultdict[str, list[Citation]] = defaultdict(list)
    for one in found.traced.citations:
        if account.claim in one.claims:
            by_citing[one.citing].append(one)
    own = {one.document_id for one in found.traced.own if account.claim in one.claims}
    rows: list[tuple[str, ...]] = []
    for i in account.graph.supporters:
        document = found.by_id[account.graph.nodes[i]]
        taken = [(_name(found, one.cited), _how(found, one)) for one in by_citing[document.document_id]]
        if document.document_id in own:
            taken.append(("own finding", "says so"))
        for source, how in taken or [("no source found", "unknown")]:
            rows.append((_label(document), source, how))
    return rows[:MOST_LISTED]


def _name(found: Provenance, node: str) -> str:
    if node in found.by_id:
        return _label(found.by_id[node])
    return inert(node.split(":", 1)[-1]) + (", outside the collection" if is_outside(node) else "")


def _how(found: Provenance, one: Citation) -> str:
    return f"{one.basis}, {one.confidence:.1f}; {found.standing(one)}"


def _citation_rows(found: Provenance) -> list[tuple[str, ...]]:
    return [
        (
            one.citation_id,
            _name(found, one.citing),
            _name(found, one.cited),
            f"{span.basis}, {span.confidence:.1f}",
            _quote(found, one.citing, *_around(found.by_id[one.citing].text, span.start, span.end))
            if span.end
            else "the page’s own address of the original",
            str(found.standing(one)),
        )
        for one in found.traced.citations[:MOST_CITATIONS]
        for span in one.spans[:3]
    ]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The words of a sign with a little of what stands round them, on the same line."""
    first = max(text.rfind("\n", 0, start) + 1, start - 60)
    last = text.find("\n", end)
    return first, min(last if last >= 0 else len(text), end + 60)


def _strongest_path(found: Provenance, account: ClaimAccount) -> list[Hop]:
    """The way from a root along which the most changed: shortest ways only, each document once."""
    hop_of = {(hop.citation.citing, hop.citation.cited): hop for hop in found.hops}
    nodes, takers = account.graph.nodes, defaultdict(list)
    for edge in account.graph.sure():
        takers[nodes[edge.b]].append(nodes[edge.a])
    best: dict[str, tuple[int, list[Hop]]] = {}
    queue: deque[str] = deque()
    for root in account.roots.roots:
        for node in root.members:
            best[node] = (0, [])
            queue.append(node)
    while queue:
        node = queue.popleft()
        n_changes, way = best[node]
        for taker in sorted(takers[node]):
            hop = hop_of.get((taker, node))
            if taker not in best:
                best[taker] = (n_changes + (len(hop.changes) if hop else 0), [*way, hop] if hop else way)
                queue.append(taker)
    if not best:
        return []
    return max(sorted(best.items()), key=lambda each: (each[1][0], -len(each[1][1])))[1][1]


def _start(found: Provenance, path: Sequence[Hop]) -> dict[str, Any] | None:
    if not path:
        return None
    first = path[0]
    said = sorted(first.source, key=lambda one: (-len(one.said), one.start))[0] if first.source else None
    return {
        "name": _label(found.by_id[first.citation.cited]),
        "quote": _quote(found, said.document_id, said.start, said.end) if said else "",
    }


def _hop_row(found: Provenance, hop: Hop, number: int) -> dict[str, Any]:
    said = sorted(hop.taken, key=lambda one: (-len(one.said), one.start))[0] if hop.taken else None
    return {
        "number": number + 2,
        "name": _label(found.by_id[hop.citation.citing]),
        "quote": _marked(found, hop, said.start, said.end) if said else Markup(""),
        "changes": [change_words(change) for change in hop.changes] or ["nothing that is compared changed"],
        "standing": str(found.standing(hop.citation)),
    }


def _marked(found: Provenance, hop: Hop, start: int, end: int) -> Markup:
    """A sentence with the words that are new in it marked."""
    text = found.by_id[hop.citation.citing].text
    end = min(end, start + 2 * LONGEST_QUOTE)
    spans = sorted({span for change in hop.changes for span in change.words if start <= span[0] and span[1] <= end})
    parts: list[Markup] = []
    at = start
    for a, b in spans:
        if a < at:
            continue
        parts += [escape(inert(text[at:a])), Markup("<ins>{}</ins>").format(inert(text[a:b]))]
        at = b
    parts.append(escape(inert(text[at:end])))
    return Markup("").join(parts)


def _document_row(one: Document) -> tuple[str, ...]:
    return (
        inert(one.name),
        inert(one.title[:120]) or "untitled",
        minute(one.published),
        str(one.kind),
        count(one.n_replies),
        inert(f"{one.file}, row {one.row:,}"),
    )
