"""Says in both languages what a condition lacks."""

from __future__ import annotations

from collections.abc import Mapping

from offer_screen.rules.conditions import FactTest, FieldTest, FindingTest, Leaf, SignalTest
from offer_screen.rules.ruleset import RuleSet
from offer_screen.rules.templates import expand
from offer_screen.values import Language, Localised, Stance

_KINDS: Mapping[str, tuple[str, str]] = {
    "advance": ("uang muka dari perekrut", "an advance from the recruiter"),
    "age": ("batas umur", "an age limit"),
    "amount": ("jumlah uang", "an amount of money"),
    "bank_account": ("nomor rekening", "a bank account"),
    "bonus": ("bonus", "a bonus"),
    "company": ("nama perusahaan", "a company"),
    "contract": ("lama kontrak", "the length of the contract"),
    "debt": ("utang", "a debt"),
    "debt_term": ("lama potongan atau utang", "how long a debt is paid off"),
    "deposit": ("uang jaminan", "a deposit"),
    "destination": ("tujuan", "a destination"),
    "email": ("alamat email", "an e-mail address"),
    "employer": ("pemberi kerja yang dikenal", "a known employer"),
    "fast_claim": ("proses yang cepat", "a quick process"),
    "fee": ("biaya yang harus dibayar", "a fee to pay"),
    "fine": ("denda", "a fine"),
    "gender": ("jenis kelamin yang dicari", "who is wanted, men or women"),
    "hours_per_day": ("jam kerja sehari", "hours of work a day"),
    "job": ("pekerjaan", "a job"),
    "licence": ("nomor izin", "a licence"),
    "link": ("tautan", "a link"),
    "paper": ("dokumen yang diminta atau dipegang", "a paper asked for or kept"),
    "pay_interval": ("jarak pembayaran gaji", "how often pay comes"),
    "payer": ("siapa yang menanggung biaya", "who bears a cost"),
    "phone": ("nomor telepon", "a phone number"),
    "price": ("harga", "a price"),
    "rest": ("hari libur", "days of rest"),
    "salary": ("gaji", "pay"),
    "time_to_departure": ("waktu berangkat", "when one leaves"),
    "time_to_work": ("waktu mulai kerja", "when work begins"),
    "training": ("lama pelatihan", "the length of training"),
    "transit": ("tempat transit", "a place of transit"),
    "visa": ("visa", "a visa"),
    "visa_validity": ("masa berlaku visa", "how long a visa holds"),
}
_WHOLE: Mapping[tuple[str, str, object], tuple[str, str]] = {
    ("destination", "abroad", True): ("tujuan luar negeri", "a destination abroad"),
    ("destination", "scam_hub", True): (
        "tujuan yang dikenal sebagai pusat penipuan",
        "a destination known for scam compounds",
    ),
    ("destination", "moratorium_domestic", True): (
        "tujuan yang ditutup untuk pekerja rumah tangga",
        "a destination closed to domestic workers",
    ),
    ("transit", "abroad", True): ("transit di luar negeri", "a place of transit abroad"),
    ("job", "zero_cost", True): (
        "pekerjaan yang biayanya ditanggung majikan",
        "a job whose costs the employer must bear",
    ),
    ("bank_account", "personal", True): ("rekening pribadi", "a personal bank account"),
    ("email", "free", True): ("email gratisan", "a free e-mail address"),
    ("link", "cheap", True): ("alamat situs murahan", "a throwaway web address"),
    ("visa", "visa_type", "religious"): ("visa umrah atau haji", "a pilgrim's visa"),
}
_FIELDS: Mapping[str, tuple[str, str]] = {
    "count": ("", ""),
    "country": ("negara", "country"),
    "high": ("", ""),
    "hours": ("jam", "hours"),
    "low": ("", ""),
    "monthly_idr": ("rupiah sebulan", "rupiah a month"),
    "place": ("tempat", "place"),
    "ratio_to_ceiling": ("kali batas atas yang wajar", "times the upper end of the usual"),
    "ratio_to_reference": ("kali upah wajar", "times the usual pay"),
}
_SIGNS = {"eq": "", "in": "", "ne": "≠ ", "ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< "}
_MOST_VALUES = 3
_LONGEST = 6
"""Words of an example; longer ones tell no more."""


def in_words(leaf: Leaf, ruleset: RuleSet) -> Localised:
    """Return what a leaf asks for, for people who read reports and not rules.

    A finding goes by its title, a signal by an example of the words that it looks for.
    """
    if isinstance(leaf, FindingTest):
        title = (ruleset.rules.get(leaf.rule) or ruleset.missing[leaf.rule]).title
        return Localised(id=f"“{title.id}”", en=f"“{title.en}”")
    if isinstance(leaf, SignalTest):
        return _signal(leaf, ruleset)
    return Localised(id=_fact(leaf, Language.ID), en=_fact(leaf, Language.EN))


def _signal(leaf: SignalTest, ruleset: RuleSet) -> Localised:
    signal = ruleset.signals[leaf.signal]
    note = signal.note.rstrip(".") or leaf.signal.replace("-", " ")
    example = next(filter(None, (_example(phrase, ruleset) for phrase in signal.phrases)), None)
    if Stance.ASSERTED not in leaf.stances or example is None:
        return Localised(id=leaf.signal.replace("-", " "), en=note)
    return Localised(id=f"kata seperti “{example}”", en=f"words such as “{example}” ({note})")


def _example(template: str, ruleset: RuleSet) -> str | None:
    """Return the first short phrase that a template stands for; None if it has slots for facts."""
    words: list[str] = []
    for choices in expand(template).parts:
        for word in next((words for words in choices if "<" not in " ".join(words)), choices[0]):
            if word.startswith("<{"):
                members = ruleset.lexicon.get(word[2:-2], ())
                first = _example(members[0], ruleset) if members else None
                if first is None:
                    return None
                words.append(first)
            elif word.startswith("<"):
                return None
            else:
                words.append(word)
    return " ".join(words) if len(words) <= _LONGEST else None


def _fact(leaf: FactTest, lang: Language) -> str:
    at = 0 if lang is Language.ID else 1
    if len(leaf.tests) == 1:
        (test,) = leaf.tests
        if test.op == "eq":
            whole = _WHOLE.get((leaf.fact, test.field, test.value))
            if whole is not None:
                return whole[at]
    kind = _KINDS.get(leaf.fact)
    name = kind[at] if kind else leaf.fact.replace("_", " ")
    details = [words for test in leaf.tests if (words := _detail(test, at, lang))]
    return f"{name} ({'; '.join(details)})" if details else name


def _detail(test: FieldTest, at: int, lang: Language) -> str:
    if test.op == "present":
        return ""
    field = _FIELDS[test.field][at] if test.field in _FIELDS else ""
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    shown = ", ".join(_value(value, lang) for value in values[:_MOST_VALUES])
    more = ", …" if len(values) > _MOST_VALUES else ""
    amount = any(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    words = f"{_SIGNS[test.op]}{shown}{more}"
    if test.field not in _FIELDS and (amount or isinstance(test.value, bool)):
        field = test.field.replace("_", " ")
    return (f"{words} {field}" if amount else f"{field} {words}").strip()


def _value(value: object, lang: Language) -> str:
    if isinstance(value, bool):
        yes, no = ("ya", "tidak") if lang is Language.ID else ("yes", "no")
        return yes if value else no
    if isinstance(value, int | float):
        shown = f"{value:,.10g}"
        return shown.translate(str.maketrans(",.", ".,")) if lang is Language.ID else shown
    return str(value).replace("_", " ")
