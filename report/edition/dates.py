"""Days, and dates of which no more than the month or the year is known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_DAY_MONTH_OR_YEAR = r"^\d{4}(-\d{2}){0,2}$"


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year of the calendar (ISO 8601-1, reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date written as ``2026``, ``2026-02`` or ``2026-02-28``. Raises ValueError."""
        if not re.fullmatch(_DAY_MONTH_OR_YEAR, text):
            raise ValueError(text)
        parsed = cls(*map(int, text.split("-")))
        date(parsed.year, parsed.month or 1, parsed.day or 1)
        return parsed

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def may_be(self, day: date) -> bool:
        """Whether ``day`` is what it says or lies in the month or year that it says."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        parts = (self.month, self.day)
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in parts if part)])


def _iso_day(value: Any) -> Any:
    # Pydantic would take a bare number for seconds since 1970.
    if isinstance(value, str) and not re.fullmatch(_DAY, value):
        raise PydanticCustomError("date_form", "not a date")
    return value


def _partial_date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return PartialDate.parse(value)
    except ValueError:
        raise PydanticCustomError(
            "date_form", "not a date", {"like": "2026-02-28, 2026-02 or 2026"}
        ) from None


Day = Annotated[
    date, BeforeValidator(_iso_day, json_schema_input_type=Annotated[str, Field(pattern=_DAY)])
]
"""A day, written 2026-02-28."""

DayMonthOrYear = Annotated[
    PartialDate,
    BeforeValidator(
        _partial_date,
        json_schema_input_type=Annotated[
            str,
            Field(
                pattern=_DAY_MONTH_OR_YEAR,
                # A year that is not quoted is a number to editors' tools.
                json_schema_extra={"minimum": 1000, "maximum": 9999},
            ),
        ],
    ),
]
"""A day, a month or a year, written 2026-02-28, 2026-02 or 2026."""
