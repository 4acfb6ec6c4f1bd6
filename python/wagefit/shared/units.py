"""Units of wages: a currency and the time for which it is paid."""

from __future__ import annotations

from typing import Any

from wagefit.errors import FactError
from wagefit.shared.messages import shown

# Currencies by ISO 4217, and before amounts the sign of those that have one of their own; others are named by the code.
_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_CODES.split())
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "PHP": "₱", "TRY": "₺"}
WORDS = {"USD": "dollars", "EUR": "euros", "GBP": "pounds"}  # of currencies that people call by one word
ARTICLES = {"year": "a", "month": "a", "week": "a", "day": "a", "hour": "an"}


def as_unit(value: Any) -> str:
    """`value` if it is a unit of wages, such as ``"USD/year"``; FactError otherwise.

    Examples
    --------
    >>> from wagefit.shared.units import as_unit
    >>> as_unit("EUR/hour")
    'EUR/hour'
    """
    currency, slash, period = value.partition("/") if isinstance(value, str) else ("", "", "")
    if currency not in CODES or not slash or period not in ARTICLES:
        known = f"a currency's code and one of {', '.join(ARTICLES)}, such as 'USD/year' or 'EUR/hour'"
        raise FactError(f"unit is {shown(value)}; expected {known}")
    return currency + slash + period


def sign_of(unit: str) -> str:
    """What stands before an amount in `unit`: the sign of its currency, or its code and a blank."""
    currency = unit.partition("/")[0]
    return SIGNS.get(currency, f"{currency} ")


def period_of(unit: str) -> str:
    """The time for which a wage in `unit` is paid, such as ``"year"``."""
    return unit.partition("/")[2]


def in_words(unit: str) -> str:
    """`unit` as people say it, such as ``"dollars a year"`` or ``"CAD an hour"``."""
    return f"{currency_of(unit)} {each_period(unit)}"


def currency_of(unit: str) -> str:
    """The currency of `unit` as people say it, such as ``"dollars"`` or ``"CAD"``."""
    currency = unit.partition("/")[0]
    return WORDS.get(currency, currency)


def each_period(unit: str) -> str:
    """The time for which a wage in `unit` is paid, as people say it, such as ``"a year"`` or ``"an hour"``."""
    period = period_of(unit)
    return f"{ARTICLES.get(period, 'a')} {period}"


def require_yearly(what: str, unit: str) -> None:
    """FactError unless `unit` is one of wages of a year; `what` is paid in it."""
    if period_of(unit) != "year":
        raise FactError(f"{what} is in {unit}; expected wages of a year, such as those of to_annual()")


def by_period(unit: str, expected: str, made: str) -> str:
    """`unit` with the period `made` instead of `expected`; FactError where its period is another."""
    if period_of(unit) != expected:
        raise FactError(f"unit is {unit!r}; expected one by the {expected}, such as 'USD/{expected}'")
    return f"{unit.partition('/')[0]}/{made}"
