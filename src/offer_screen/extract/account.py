"""Finds the bank accounts and e-wallets that money is to go to.

A bank is also an employer, and a worker's own account is where wages go: so an account counts only
next to words that send money to it, or that say whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from offer_screen.extract.cues import breaks_before, has, word_set
from offer_screen.facts import BankAccount
from offer_screen.text.document import Document, Token


@dataclass(frozen=True, slots=True)
class Banks:
    """Names of banks and of e-wallets, in lower case, one word each.

    Attributes:
        banks: Banks, by the name that people write.
        wallets: E-wallets and pay points: an account there belongs to a person.
    """

    banks: frozenset[str] = frozenset()
    wallets: frozenset[str] = frozenset()

    @classmethod
    def from_lexicon(cls, lexicon: Mapping[str, Sequence[str]]) -> Self:
        """Return the names in the pack's word classes ``bank`` and ``e-wallet``."""
        return cls(frozenset(lexicon.get("bank", ())), frozenset(lexicon.get("e-wallet", ())))


_ACCOUNT = word_set("rekening rek norek rekeningnya")
_TRANSFER = word_set(
    "transfer transferan tf trf ditransfer transferkan ditransferkan tranfer setor "
    "setorkan disetor topup"
)
_SENDS = _TRANSFER | word_set("bayar bayarnya")
_PAY = word_set(
    "bayar dibayar membayar pembayaran bayarnya kirim dikirim kirimkan muka dp biaya "
    "lunas lunasi deposit top uang administrasi"
)
_WAY = word_set("ke via lewat liwat melalui pakai pake rekening rek norek bank by dompet")
_WAGE = word_set(
    "gaji upah salary cair komisi bonus dibayarkan payroll pencairan penghasilan "
    "masing-masing honor refund"
)
_RENTED = word_set(
    "butuh dibutuhkan cari dicari nyari sewa disewa menyewa beli jual pinjam buka "
    "membuka bukakan punya memiliki mempunyai jasa siapkan foto fotokopi buku"
)
_SELF = word_set(
    "pribadi saya sy aku admin adminnya bendahara bu ibu bapak bpk pak mbak mas kak "
    "kakak bang bunda mami haji koordinator ketua sponsor om tante kami"
)
_FIRM = word_set("pt perseroan cv yayasan koperasi perusahaan kantor company lembaga lpk")
_OWN = word_set("sendiri masing-masing anda kamu karyawan pekerja tki pmi")
_NAME_CUES = word_set("a.n a.n. a/n an.")
_NOT_WALLET = word_set(
    "sendiri pribadi talangan darurat desa pensiun kas tunai segar awal hibah bansos"
)
_PAPERWORK = word_set("lamaran cv berkas dokumen ktp foto data surat")
_PROOF = word_set("bukti struk resi kwitansi")
_TO = frozenset({"ke", "kepada"})

_BEFORE = 7
_AFTER = 5
_JOINED = 4
_MOST_JOINED = 6
_ACCOUNT_DIGITS = 8

WORDS = _ACCOUNT | _TRANSFER | _SELF
"""Words that this extractor knows: for the vocabulary by which disguised writing is undone."""


def find_accounts(document: Document, banks: Banks) -> tuple[BankAccount, ...]:
    """Return the accounts that money is to go to, in text order."""
    anchors, triggers = _anchors(banks)
    tokens = document.tokens
    hits = document.where(triggers)
    found: list[BankAccount] = []
    done = 0
    for position, index in enumerate(hits):
        if index < done:
            continue
        if has(tokens[index], anchors):
            last = index
            for other in hits[position + 1 : position + 2 + _MOST_JOINED]:
                if other - last > _JOINED or any(
                    token.starts_clause for token in tokens[last + 1 : other + 1]
                ):
                    break
                if has(tokens[other], anchors):
                    last = other
            read = _account(document, index, last + 1, banks)
        else:
            read = _to_person(document, index)
        if read is not None:
            account, done = read
            found.append(account)
    return tuple(found)


@lru_cache(maxsize=8)
def _anchors(banks: Banks) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that name an account, and those with all that may begin a transfer."""
    anchors = _ACCOUNT | banks.banks | banks.wallets
    return anchors, anchors | _SENDS


def _before(document: Document, index: int, reach: int) -> tuple[Token, ...]:
    low = index
    while low > 0 and index - low < reach and not document.tokens[low].starts_clause:
        low -= 1
    return document.tokens[low:index]


def _after(document: Document, index: int, reach: int) -> tuple[Token, ...]:
    high = index
    while (
        high < len(document.tokens)
        and high - index < reach
        and not document.tokens[high].starts_clause
    ):
        high += 1
    return document.tokens[index:high]


def _any(tokens: tuple[Token, ...], words: AbstractSet[str]) -> bool:
    return any(has(token, words) for token in tokens)


def _account(
    document: Document, first: int, last: int, banks: Banks
) -> tuple[BankAccount, int] | None:
    """Read the cluster ``[first, last)`` of account words and bank names."""
    tokens = document.tokens
    cluster = tokens[first:last]
    before = _before(document, first, _BEFORE)
    after = _after(document, last, _AFTER)
    if _any(before[-3:], _RENTED) or (_any(before, _WAGE) and not _any(before[-3:], _PAY)):
        return None
    bank = next(
        (
            form
            for token in cluster
            for form in token.forms
            if form in banks.wallets or form in banks.banks
        ),
        None,
    )
    wallet = bank is not None and bank in banks.wallets
    owner, end = _owner(document, last)
    if owner is None and _any(after[:2], _OWN):
        return None
    sends = _any(before, _TRANSFER) or _any(cluster, _TRANSFER) or _any(after[:3], _TRANSFER)
    pays = sends or (_any(before, _PAY) and not _any(before, _PAPERWORK))
    numbered = bool(after) and _is_number(after[0])
    if _any(cluster, _ACCOUNT):
        if not (pays or owner is not None):
            return None
    else:
        led = bool(before) and (has(before[-1], _WAY) or has(before[-1], _TRANSFER))
        if wallet and after and has(after[0], _NOT_WALLET):
            return None
        if not (led or owner is not None or numbered):
            return None
        if not (pays or wallet or owner is not None or numbered):
            return None
        if _any(before, _PAPERWORK) and not sends:
            return None
    personal = owner if owner is not None else wallet
    return (
        BankAccount(span=document.span_of_tokens(first, end), bank=bank, personal=personal),
        end,
    )


def _owner(document: Document, last: int) -> tuple[bool | None, int]:
    """Return whether the account is a person's (None: unsaid), and one past its last word."""
    tokens = document.tokens
    at = last
    while at < len(tokens) and at < last + 3 and _is_number(tokens[at]):
        at += 1
    if at >= len(tokens) or tokens[at].starts_clause:
        return None, last
    named = _name_cue_end(document, at)
    if named is not None:
        if named >= len(tokens):
            return True, named
        return not has(tokens[named], _FIRM), named + 1
    if breaks_before(document, at):
        return None, last
    if has(tokens[at], _FIRM):
        return False, at + 1
    if has(tokens[at], _SELF):
        return True, at + 1
    return None, last


def _name_cue_end(document: Document, index: int) -> int | None:
    """Return one past 'atas nama', or None if it does not stand at ``index``."""
    tokens = document.tokens
    token = tokens[index]
    if token.norm == "atas" and index + 1 < len(tokens) and tokens[index + 1].norm == "nama":
        return index + 2
    if token.text.lower() in _NAME_CUES or has(token, _NAME_CUES):
        return index + 1
    return None


def _is_number(token: Token) -> bool:
    return sum(char.isdigit() for char in token.text) >= _ACCOUNT_DIGITS // 2


def _to_person(document: Document, index: int) -> tuple[BankAccount, int] | None:
    """Read 'transfer ke admin' and the like, where no account is named."""
    tokens = document.tokens
    if index + 2 >= len(tokens) or not has(tokens[index + 1], _TO):
        return None
    before = _before(document, index, _BEFORE)
    if _any(before[-1:], _PROOF) or _any(before, _WAGE) or not has(tokens[index + 2], _SELF):
        return None
    if breaks_before(document, index + 2):
        return None
    span = document.span_of_tokens(index, index + 3)
    return BankAccount(span=span, bank=None, personal=True), index + 3
