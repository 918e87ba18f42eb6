"""How exactly are day and place known, in the terms of ACLED and UCDP?"""

from __future__ import annotations

from datetime import date

# ACLED codebook, spatial precision: 1 the town, 2 near it or a part of a region, 3 a larger region.
ACLED_PLACE = {
    "exact": 1,
    "settlement": 1,
    "near": 2,
    "route": 2,
    "district": 2,
    "province": 3,
    "region": 3,
    "country": 3,
}
# UCDP GED codebook, where_prec: 1 exact, 2 near, 3 second-order division, 4 first-order, 5 line or region, 6 country.
UCDP_PLACE = {
    "exact": 1,
    "settlement": 1,
    "near": 2,
    "district": 3,
    "province": 4,
    "route": 5,
    "region": 5,
    "country": 6,
}


def days(start: date, end: date | None) -> int:
    """Length of a span, both days included."""
    return ((end or start) - start).days + 1


def acled_time(start: date, end: date | None) -> int | None:
    """1 the day, 2 the week, 3 the month; None for what is known less well, which ACLED does not record."""
    n = days(start, end)
    return 1 if n == 1 else 2 if n <= 7 else 3 if n <= 31 else None


def ucdp_date(start: date, end: date | None) -> int | None:
    """1 the day, 2 within 2-6 days, 3 the week, 4 the month, 5 within a year; None for more."""
    n = days(start, end)
    for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)):
        if n <= most:
            return code
    return None
