"""A moment as text: UTC, ISO 8601, no finer than it needs to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def moment(time_us: int) -> str:
    """Microseconds since 1970 as text.

    >>> moment(1_714_557_600_000_000), moment(1_714_557_600_250_000)
    ('2024-05-01T10:00:00Z', '2024-05-01T10:00:00.250000Z')
    """
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(time_us))
    return when.isoformat().replace("+00:00", "Z")
