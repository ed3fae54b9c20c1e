"""Where a query is asked that names no place: who asks in Turkish mostly asks for help in Türkiye."""

from collections.abc import Iterable
from typing import Final, NamedTuple

_MOST = 3
"""Where words point to more countries than that they point to none."""

COUNTRIES: Final[dict[str, str]] = {
    "af": "ZA", "am": "ET", "ar": "| AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SY TN YE", "az": "AZ",
    "be": "BY", "bg": "BG", "bn": "BD", "bs": "BA", "cs": "CZ", "da": "DK", "de": "DE | AT BE CH LI LU",
    "dv": "MV", "dz": "BT", "el": "GR | CY",
    "es": "| AR BO CL CO CR DO EC ES GT HN MX NI PA PE PR PY SV UY VE", "et": "EE", "fa": "IR AF",
    "fi": "FI", "fr": "FR | BE BF BI BJ CA CD CH CI CM DZ GN HT LU MA MC ML MU RW SC SN TG TN VU",
    "ga": "IE", "gu": "IN", "ha": "NG", "he": "IL", "hi": "IN", "hr": "HR | BA", "ht": "HT", "hu": "HU",
    "hy": "AM", "id": "ID", "is": "IS", "it": "IT | CH SM", "ja": "JP", "ka": "GE", "kk": "KZ", "km": "KH",
    "kn": "IN", "ko": "KR | KP", "ky": "KG", "lb": "LU", "lo": "LA", "lt": "LT", "lv": "LV", "mi": "NZ",
    "mk": "MK", "ml": "IN", "mn": "MN", "mr": "IN", "ms": "MY | BN SG", "mt": "MT", "my": "MM", "nb": "NO",
    "ne": "NP", "nl": "NL | BE SR", "no": "NO", "om": "ET", "pa": "IN", "pl": "PL", "ps": "AF",
    "pt": "BR | CV MO MZ PT TL", "ro": "RO | MD", "ru": "RU | BY KG KZ UA", "rw": "RW", "si": "LK",
    "sk": "SK", "sl": "SI", "sm": "WS", "sq": "AL XK", "sr": "RS | BA ME XK", "st": "ZA LS", "sv": "SE | FI",
    "sw": "TZ KE | UG", "ta": "IN | LK SG", "te": "IN", "tg": "TJ", "th": "TH", "tk": "TM", "tl": "PH",
    "tr": "TR | CY", "uk": "UA", "ur": "PK", "uz": "UZ", "vi": "VN", "yo": "NG",
    "zh": "CN | HK MO SG TW", "zh-Hant": "HK TW | MO", "zu": "ZA",
}  # fmt: skip
"""ISO codes of the countries in which a language (BCP 47 tag) is official, or as good as (Unicode CLDR 47,
territoryInfo): before the bar those in which most who speak it live."""


class Area(NamedTuple):
    """Where a query is asked, as far as its language or its words tell: ISO codes of countries."""

    mostly: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    """Those by words that are used there only, which is a weaker hint."""
    share: float = 0.0
    """The share of the query that those words are."""


def area_of(languages: Iterable[str]) -> Area:
    """Where something is asked that may be in any of the ``languages`` (tags)."""
    found = [COUNTRIES.get(language, "") for language in languages]
    mostly = {code for text in found for code in text.partition("|")[0].split()}
    every = {code for text in found for code in text.replace("|", " ").split()}
    mostly = mostly if len(mostly) <= _MOST else set()
    return Area(frozenset(mostly), frozenset(every - mostly))
