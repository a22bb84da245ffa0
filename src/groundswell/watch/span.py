"""Which hours a panel looks at: from after one second to another, so that windows laid end to end count a post once.

──────(from────────────────at]──────►      a post at `at` is in, one at `at` − hours is not
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from groundswell.errors import NothingToDo, WrongUse

DEFAULT_HOURS = 48.0


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time."""

    at: datetime
    """Its end, UTC without zone, which belongs to it."""
    hours: float

    @property
    def start(self) -> datetime:
        """Its start, which doesn't belong to it."""
        return _earlier(self.at, self.hours)

    def before(self, n: int = 1) -> Span:
        """The stretch of the same length that ended n lengths earlier."""
        return Span(_earlier(self.at, n * self.hours), self.hours)

    def as_json(self) -> dict[str, object]:
        """The ends, as ISO 8601 in UTC."""
        return {"after": f"{self.start.isoformat()}Z", "until": f"{self.at.isoformat()}Z", "hours": self.hours}


def _earlier(when: datetime, hours: float) -> datetime:
    """So many hours before, or the beginning of the calendar where it does not reach as far."""
    try:
        return when - timedelta(hours=hours)
    except OverflowError:
        return datetime.min


def span_of(last: datetime | None, *, at: str | None = None, hours: float = DEFAULT_HOURS) -> Span:
    """The stretch that ends at a time, or with the last post there is: time comes from the data, not from a clock.

    Parameters
    ----------
    last
        When the last post was written; None where none has a time.

    Raises
    ------
    WrongUse
        The time or the hours make no sense.
    NothingToDo
        No post has a time.
    """
    if not 0 < hours <= 24 * 366:
        raise WrongUse(f"--hours must be above 0 and at most a year, not {hours:g}.\n  The default is 48.")
    if at is not None:
        try:
            when = datetime.fromisoformat(at.strip())
            return Span(when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when, hours)
        except (ValueError, OverflowError):
            raise WrongUse(
                f"{at!r} is no time.\n  Write it as 2026-05-09T12:00, in UTC unless it names a zone."
            ) from None
    if last is None:
        raise NothingToDo("No post of this study has a time.\n  Panels count by time.")
    return Span(last, hours)
