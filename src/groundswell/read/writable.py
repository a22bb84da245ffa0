"""What a table can hold: text without half surrogate pairs and without NUL, which JSON and escapes may spell."""

from __future__ import annotations

from typing import Any


def writable_text(text: str) -> str:
    """The same text with U+FFFD for each half of a surrogate pair and each NUL."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def writable(value: Any) -> Any:
    """The same JSON value with U+FFFD for what no table can hold."""
    if isinstance(value, str):
        return writable_text(value)
    if isinstance(value, list):
        return [writable(each) for each in value]
    if isinstance(value, dict):
        return {writable_text(key): writable(each) for key, each in value.items()}
    return value
