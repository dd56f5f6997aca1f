"""Reads pay that is told as a multiple of other pay: '2x UMR', 'gaji UMK'."""

from __future__ import annotations

from collections.abc import Sequence

from offer_screen.extract.money_roles import Candidate
from offer_screen.extract.numbers import DIGITS, read_count
from offer_screen.facts import Period
from offer_screen.text.document import Token

_WAGE_WORDS = {"umr": "umr", "ump": "umr", "umk": "umr"}
_MULTIPLE_TARGETS = {
    **_WAGE_WORDS,
    "upah": "umr",
    "gaji": "present_pay",
    "gajimu": "present_pay",
    "penghasilan": "present_pay",
    "pendapatan": "present_pay",
}


def read_relative(tokens: Sequence[Token], at: int) -> Candidate | None:
    """Read pay told as a multiple: '2x UMR', 'tiga kali lipat gaji sekarang', 'gaji UMR'."""
    token = tokens[at]
    if token.norm[:1] in DIGITS and (
        at + 1 >= len(tokens) or tokens[at + 1].norm not in ("x", "kali")
    ):
        return None
    ratio = 1.0
    end = at
    if token.text.lower() not in _WAGE_WORDS and token.norm != "minimum":
        count = read_count(tokens, at)
        if count is None or not 0 < count[0] <= 100 or count[1] >= len(tokens):
            return None
        ratio, end = count
        if tokens[end].norm not in ("x", "kali"):
            return None
        end += 1
        if end < len(tokens) and tokens[end].norm == "lipat":
            end += 1
        if end < len(tokens) and tokens[end].norm in ("dari", "dr"):
            end += 1
        if end >= len(tokens):
            return None
    target = _MULTIPLE_TARGETS.get(tokens[end].text.lower()) or _MULTIPLE_TARGETS.get(
        tokens[end].norm
    )
    if token.norm == "minimum":
        if at == 0 or tokens[at - 1].norm != "upah":
            return None
        target, at = "umr", at - 1
    if target is None:
        return None
    end += 1
    while end < len(tokens) and (
        tokens[end].start == tokens[end - 1].start
        or tokens[end].norm in ("minimum", "regional", "provinsi", "kabupaten", "kota", "sekarang")
    ):
        end += 1
    return Candidate(
        start=at,
        end=end,
        low=None,
        high=None,
        currency=None,
        period=Period.MONTH if target == "umr" else None,
        months=None,
        tasks=None,
        approx=False,
        plus=False,
        doubtful=False,
        small=False,
        explicit=True,
        ratio=ratio,
        ratio_to=target,
    )
