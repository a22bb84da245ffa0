"""Lists of official accounts as YAML, such as those that parliaments' watchers keep.

    - id: {bioguide: …}                     an account for each platform that the entry names
      social: {twitter: …, facebook: …}
    - handle: …                             an account, by the columns that a table would have
    - Bell Hall                             a name

Read as a stream of events and never as objects: no tag is obeyed, and a file with anchors or aliases is refused, since
nine lines of them stand for a billion names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from groundswell.errors import MissingExtra, UnreadableFile

SUFFIXES = (".yaml", ".yml")
DEEPEST = 20
LONGEST = 1000
"""Characters of a value; no name is longer."""

PLATFORMS = ("twitter", "x", "facebook", "instagram", "youtube", "mastodon", "bluesky", "threads", "tiktok", "telegram")
"""Keys whose value is a handle on the platform that they name."""

ADVICE = "Write one name a line, or a table with the column handle or display_name."


def yaml_rows(path: Path, stream: IO[str], columns: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str] | str]:
    """The accounts of a list, each as our columns; text for an entry that holds none.

    Parameters
    ----------
    columns
        Our columns, and what others call them.

    Raises
    ------
    MissingExtra
        The package that reads YAML is not installed.
    UnreadableFile
        It is no YAML, it has anchors or aliases, or it is nested too deeply.
    """
    for entry in _entries(path, stream):
        if isinstance(entry, str):
            yield {"display_name": entry}
        elif isinstance(entry, dict):
            yield from _accounts(entry, columns)
        else:
            yield "an entry that is neither a name nor a mapping"


def _accounts(entry: dict[str, Any], columns: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str] | str]:
    flat = {str(key).lower(): value for key, value in entry.items()}
    told = {
        our: flat[name].strip()
        for our, names in columns.items()
        for name in reversed(names)
        if isinstance(flat.get(name), str) and flat[name].strip()
    }
    if isinstance(full := flat.get("name"), dict):
        told["display_name"] = str(
            full.get("official_full") or f"{full.get('first', '')} {full.get('last', '')}"
        ).strip()
    social = flat["social"] if isinstance(flat.get("social"), dict) else flat
    handles = {key: social[key] for key in PLATFORMS if isinstance(social.get(key), str) and social[key].strip()}
    if handles:
        yield from ({**told, "platform": platform, "handle": handle} for platform, handle in sorted(handles.items()))
    elif told.get("handle") or told.get("display_name"):
        yield told
    else:
        yield told  # the caller counts it


def _entries(path: Path, stream: IO[str]) -> Iterator[Any]:
    """The entries of the list at the top, made of text, lists and mappings alone."""
    try:
        yaml = import_module("yaml")
    except ImportError:
        raise MissingExtra("lists", f"Reading {path.name}", "pyyaml") from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = _checked(path, yaml.parse(stream, Loader=loader), yaml)
        for event in events:
            if isinstance(event, yaml.SequenceStartEvent):
                break
            if isinstance(event, yaml.ScalarEvent | yaml.MappingStartEvent):
                raise UnreadableFile(path, "it is YAML, but no list.", "It begins with something else.", ADVICE)
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield _value(event, events, yaml)
    except yaml.YAMLError as error:
        raise UnreadableFile(path, "it is no YAML.", str(error).splitlines()[0], ADVICE) from None


def _checked(path: Path, events: Iterator[Any], yaml: Any) -> Iterator[Any]:
    """The events, as long as they are harmless."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableFile(
                path,
                "it has anchors or aliases, which can make a small file huge.",
                f"The first stands in line {event.start_mark.line + 1:,}.",
                "Write the list out, or give it as a table.",
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableFile(
                path,
                "it is nested more deeply than any list of names.",
                f"Line {event.start_mark.line + 1:,} lies {depth} levels down.",
                ADVICE,
            )
        yield event


def _value(event: Any, events: Iterator[Any], yaml: Any) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return event.value[:LONGEST]
    if isinstance(event, yaml.SequenceStartEvent):
        values = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            values.append(_value(inner, events, yaml))
        return values
    found = {}
    while not isinstance(inner := next(events), yaml.MappingEndEvent):
        key = _value(inner, events, yaml)
        value = _value(next(events), events, yaml)
        if isinstance(key, str):
            found[key] = value
    return found
