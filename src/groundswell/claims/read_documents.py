"""Files to documents: pages, text with a few lines about it, JSON and CSV with a row a document.

    gate.html   quay.md   press.jsonl   clippings.csv   ──►   documents, and the rows that are none, with the reason

A text file may open with lines such as ``publisher: Daily Quay``, then a blank line; links stand in it as
``[words](https://…)`` or bare, and what follows a line ``## Comments`` are replies. Nothing is fetched.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from groundswell.claims.document import Document, Kind, Link, address
from groundswell.claims.html_article import MOST_LINKS, MOST_TEXT, read_page
from groundswell.errors import UnreadableFile
from groundswell.read.lists import links as links_in_cell
from groundswell.read.times import known_time

LARGEST = 64 << 20
"""Bytes of a table of documents; `LARGEST_PAGE` of one page."""
LARGEST_PAGE = 8 << 20
MOST_ROWS = 200_000

NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "permalink", "address", "uri"),
    "canonical": ("canonical", "canonical_url", "original_url"),
    "publisher": ("publisher", "outlet", "site", "site_name", "media_name", "source_name"),
    "author": ("author", "byline", "authors", "creator"),
    "published": ("published", "published_at", "publish_date", "date", "time", "created_at", "datepublished"),
    "modified": ("modified", "updated", "modified_at", "datemodified"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article"),
    "html": ("html", "raw_html"),
    "links": ("links", "urls", "outlinks"),
    "kind": ("kind", "type"),
}
"""Our name for a field, and what files call it; the first that is there counts."""

TABLES = frozenset((".json", ".jsonl", ".ndjson", ".csv", ".tsv"))
PAGES = frozenset((".html", ".htm", ".xhtml"))
KINDS = TABLES | PAGES | {".txt", ".md", ".markdown", ""}
"""By the end of the file's name."""

HEADER = re.compile(r"([A-Za-z_]{2,20}):[ \t]*(.*)")
MARKED = re.compile(r"\[([^\[\]]{1,400})\]\((https?://[^\s()]{1,3000})\)")
BARE = re.compile(r"https?://[^\s<>\"')\]]{4,3000}")
COMMENTS = re.compile(r"^#{1,3}[ ]*(?:comments|replies|responses)[ ]*$", re.IGNORECASE | re.MULTILINE)
DATA_NAME = re.compile(r"\b(?:dashboard|tracker|dataset|data set|methodology|monitor)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row that is no document, and why."""

    file: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of the rows of the files: documents and rows left out are all of them."""

    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def n_rows(self) -> int:
        """Rows in the files; a page or a text is one row."""
        return len(self.documents) + len(self.left_out)


def read_documents(files: Iterable[Path]) -> Reading:
    """Read articles and posts from files on disk; see `documents_of`."""
    return documents_of((file.name, _bytes_of(file)) for file in files)


def documents_of(files: Iterable[tuple[str, bytes]]) -> Reading:
    """Read articles and posts from files, given as (name, content), in the order of their times and addresses.

    A document that stands in several rows counts once, where it comes first; the others are left out with that reason.

    Raises
    ------
    UnreadableFile
        A file is too large, or is none of the four kinds.
    """
    documents: dict[str, Document] = {}
    left_out: list[LeftOut] = []
    for name, content in files:
        digest = sha256(content).hexdigest()
        for row, fields in _rows(name, content):
            made = fields if isinstance(fields, str) else _document(fields, name, row, digest)
            if isinstance(made, str):
                left_out.append(LeftOut(file=name, row=row, reason=made))
            elif (known := documents.get(made.document_id)) is not None:
                reason = f"the same address as {known.file}, row {known.row}"
                left_out.append(LeftOut(file=name, row=row, reason=reason))
            else:
                documents[made.document_id] = made
    return Reading(documents=in_order(documents.values()), left_out=tuple(left_out))


def in_order(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Documents by time, the undated last."""
    return tuple(sorted(documents, key=lambda one: (one.published is None, str(one.published), one.document_id)))


def check_readable(file: Path) -> None:
    """Raise unless a file is of a kind that holds articles, and not too large, before anything is kept."""
    if file.suffix.lower() not in KINDS:
        raise UnreadableFile(
            file,
            f"no file of articles is called {file.suffix!r}.",
            f"Known: {', '.join(sorted(filter(None, KINDS)))}.",
            "Save the page as HTML, or list the articles in a CSV with url, publisher, published, title and text.",
        )
    most = LARGEST if file.suffix.lower() in TABLES else LARGEST_PAGE
    size = file.stat().st_size
    if size > most:
        raise UnreadableFile(
            file,
            "too large for articles.",
            f"It holds {size:,} bytes; the most is {most:,}.",
            "Split it, or give the text of the articles without their pages.",
        )


def _bytes_of(file: Path) -> bytes:
    check_readable(file)
    return file.read_bytes()


def _rows(file: str, content: bytes) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """(row, fields), or (row, the reason why there are none)."""
    text = content.decode("utf-8-sig", errors="replace")
    match Path(file).suffix.lower():
        case ending if ending in PAGES:
            yield 1, {"html": text}
        case ".json" | ".jsonl" | ".ndjson":
            yield from _json_rows(file, text)
        case ".csv" | ".tsv":
            yield from _table_rows(text, "\t" if file.lower().endswith(".tsv") else ",")
        case _:
            yield 1, text_fields(text)


def _table_rows(text: str, delimiter: str) -> list[tuple[int, dict[str, Any] | str]]:
    """The rows of a table whose cells may be whole articles; the limit on cells is the process's, and is put back."""
    found: list[tuple[int, dict[str, Any] | str]] = []
    usual = csv.field_size_limit(LARGEST)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        for row, fields in zip(range(2, MOST_ROWS + 2), reader, strict=False):
            found.append((row, {str(name): value for name, value in fields.items() if isinstance(value, str)}))
    except csv.Error as error:
        found.append((0, f"the table breaks off: {error}"))
    finally:
        csv.field_size_limit(usual)
    return found


def _json_rows(file: str, text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    try:
        found = json.loads(text)
    except RecursionError:
        raise UnreadableFile(file, "nested too deeply.", "It is no list of articles.", "Give a flat list.") from None
    except ValueError:
        found = None
    if isinstance(found, dict):
        listed = next((found[name] for name in ("documents", "articles", "items") if name in found), [found])
        found = listed if isinstance(listed, list) else [found]
    if isinstance(found, list):
        for row, each in enumerate(found[:MOST_ROWS], 1):
            yield row, each if isinstance(each, dict) else "not an object with fields"
        return
    for row, line in enumerate(text.splitlines()[:MOST_ROWS], 1):
        if line.strip():
            try:
                each = json.loads(line)
            except (ValueError, RecursionError):
                yield row, "not JSON"
                continue
            yield row, each if isinstance(each, dict) else "not an object with fields"


def text_fields(text: str) -> dict[str, Any]:
    r"""The lines about a text, and the text.

    >>> text_fields("publisher: Daily Quay\n\nThe gate is shut.")
    {'publisher': 'Daily Quay', 'marked': 'The gate is shut.'}
    """
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    fields: dict[str, Any] = {}
    if lines and lines[0].strip() == "---":
        lines = lines[1:]
    at = 0
    while at < len(lines) and (found := HEADER.fullmatch(lines[at].strip())) and _field(found[1]):
        fields[found[1].lower()] = found[2].strip()
        at += 1
    if fields and at < len(lines) and lines[at].strip() in ("", "---"):
        at += 1
    else:
        at = at if fields else 0
    fields["marked"] = "\n".join(lines[at:]).strip()
    return fields


def _field(name: str) -> str | None:
    return next((ours for ours, theirs in NAMES.items() if name.lower() in theirs), None)


def _document(fields: Mapping[str, Any], file: str, row: int, digest: str) -> Document | str:
    """A document of the fields of a row, or the reason why it is none."""
    named = {str(name).lower(): value for name, value in fields.items()}
    told: dict[str, Any] = {
        ours: next((named[name] for name in theirs if named.get(name) not in (None, "", [])), None)
        for ours, theirs in NAMES.items()
    }
    title, n_replies = _line(told["title"]), 0
    if told["html"]:
        page = read_page(str(told["html"])[:LARGEST_PAGE])
        title = title or page.title
        body, places, n_replies = page.text, page.links, page.n_replies
        for name in ("url", "canonical", "publisher", "author", "published", "modified"):
            told[name] = told[name] or getattr(page, name)
        told["url"] = told["url"] or page.canonical
        told["kind"] = told["kind"] or ("dataset" if page.is_dataset else None)
    else:
        marked = named.get("marked")
        body, places, n_replies = _plain(str(marked if isinstance(marked, str) else told["text"] or ""))
    if not body.strip() and not title:
        return "no text"
    text = f"{title}\n{body}" if title else body
    shift = len(text) - len(body)
    found = [Link(url=url, start=a + shift, end=b + shift) for url, a, b in places]
    known = {address(link.url) for link in found}
    found += [Link(url=url) for url in links_in_cell(told["links"]) or () if address(url) not in known]
    url = _line(told["url"]) or None
    return Document(
        document_id=address(url) or f"{file}#{row}",
        kind=_kind(told["kind"], title, url),
        text=text,
        title=title,
        url=url,
        canonical=_line(told["canonical"]) or None,
        publisher=_line(told["publisher"]) or None,
        author=_line(told["author"]) or None,
        published=known_time(told["published"]),
        modified=known_time(told["modified"]),
        links=tuple(found[:MOST_LINKS]),
        n_replies=n_replies,
        file=file,
        row=row,
        sha256=digest,
    )


def _kind(told: Any, title: str, url: str | None) -> Kind:
    written = str(told or "").strip().lower()
    if written in ("comments", "comment", "thread", "reply", "replies"):
        return Kind.COMMENTS
    if written in ("dataset", "dashboard", "data", "list"):
        return Kind.DATASET
    if written in ("post", "tweet", "status"):
        return Kind.POST
    if not written and DATA_NAME.search(f"{title} {(url or '').replace('/', ' ')}"):
        return Kind.DATASET
    return Kind.ARTICLE


def _plain(text: str) -> tuple[str, list[tuple[str, int, int]], int]:
    """Text without its marks, the places of its links, and how many replies stood beneath it."""
    body, _, replies = _parted(text[: 2 * MOST_TEXT])
    parts: list[str] = []
    links: list[tuple[str, int, int]] = []
    at = length = 0
    for mark in MARKED.finditer(body):
        parts += [body[at : mark.start()], mark[1]]
        length += mark.start() - at
        links.append((mark[2], length, length + len(mark[1])))
        length += len(mark[1])
        at = mark.end()
    parts.append(body[at:])
    plain = "".join(parts)[:MOST_TEXT]
    links += [(found[0].rstrip(".,;:!?"), found.start(), found.end()) for found in BARE.finditer(plain)]
    n_replies = sum(bool(block.strip()) for block in re.split(r"\n[ \t]*\n", replies))
    return plain, [link for link in links if link[2] <= len(plain)], n_replies


def _parted(text: str) -> tuple[str, str, str]:
    found = COMMENTS.search(text)
    return (text[: found.start()].rstrip(), found[0], text[found.end() :]) if found else (text.rstrip(), "", "")


def _line(value: Any) -> str:
    """One line of words, whatever stood there."""
    if isinstance(value, list | tuple):
        value = ", ".join(str(each) for each in value[:5])
    return " ".join(str(value).split())[:1_000] if value is not None else ""


def as_row(document: Document) -> dict[str, Any]:
    """A document as one line of JSON, from which it can be read back."""
    row = asdict(document)
    for name in ("published", "modified"):
        row[name] = row[name].isoformat() if row[name] else None
    return row
