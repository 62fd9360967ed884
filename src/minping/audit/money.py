"""Money in words."""

from __future__ import annotations

from minping.words import Text


def yuan(amount: float) -> Text:
    """An amount of CNY: 万元 or 亿元 in Chinese, millions in English.

    >>> yuan(31_500_000.0).zh, yuan(31_500_000.0).en
    ('3,150 万元', '31.50 million CNY')
    """
    if abs(amount) >= 1e8:
        return Text(f"{amount / 1e8:,.2f} 亿元", f"{amount / 1e6:,.0f} million CNY")
    return Text(f"{amount / 1e4:,.0f} 万元", f"{amount / 1e6:,.2f} million CNY")
