"""Books of debt made by hand: capacity, debts and repayments of a few bodies as CSV, all of 2024."""

from __future__ import annotations

from collections.abc import Iterable

RULES = {"debt": {"capacity": ["revenue", "transfers"], "spending": ["spending"], "unit_cny": 10000}}


def official(*figures: tuple[str, object, object, object], year: str = "2024") -> str:
    """Revenue, transfers and spending of bodies, in 万元."""
    names = ("revenue", "transfers", "spending")
    rows = [f"{one[0]},{year},{name},{value}" for one in figures for name, value in zip(names, one[1:], strict=True)]
    return "\n".join(["body,period,indicator,value", *(row for row in rows if not row.endswith(","))]) + "\n"


def debts(*rows: str) -> str:
    """debt, body, borrowed_on, amount_cny, kind, declared, refinances."""
    return "\n".join(["debt,body,borrowed_on,amount_cny,kind,declared,refinances", *rows]) + "\n"


def repayments(*rows: str) -> str:
    """debt, due_on, principal_cny, interest_cny."""
    return "\n".join(["debt,due_on,principal_cny,interest_cny", *rows]) + "\n"


def terms(bodies: Iterable[str], end: str = "2022-12-31") -> str:
    """One term of each body that ends on a day, and the next, which goes on."""
    rows = [f"{one}a,{one},head,2018-01-01,{end}\n{one}b,{one},head,2023-01-01," for one in bodies]
    return "\n".join(["term,body,role,start_on,end_on", *rows]) + "\n"
