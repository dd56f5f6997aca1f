"""Finds links, chat handles and mail addresses, and says what kind of place they lead to.

Which domains are official, free or short is data of the rule pack; what is written here is only how
an address is put together. A state address counts by its registrable domain alone, because
'kemnaker.go.id.daftar.example' carries the whole of a state address in its front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from offer_screen.extract.cues import word_set
from offer_screen.facts import Email, Link, LinkType
from offer_screen.text.document import Document


@dataclass(frozen=True, slots=True)
class Domains:
    """Internet domains by what they are, all in lower case.

    An entry is a registrable domain ('kp2mi.go.id'), a host ('chat.whatsapp.com'), or either of
    them with the first part of a path ('docs.google.com/forms').

    Attributes:
        official: Registrable domains of state bodies.
        free_mail: Mail services where anybody gets an address.
        short: Link shorteners and link pages.
        form: Online forms.
        social: Social networks.
        whatsapp: Hosts of WhatsApp links.
        telegram: Hosts of Telegram links.
    """

    official: frozenset[str] = frozenset()
    free_mail: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    form: frozenset[str] = frozenset()
    social: frozenset[str] = frozenset()
    whatsapp: frozenset[str] = frozenset()
    telegram: frozenset[str] = frozenset()


STATE_SUFFIX = "go.id"
"""Only state bodies may register under it."""

_SECOND_LEVEL_ID = word_set("co go ac or web my sch desa net mil biz ponpes")
_SECOND_LEVEL = word_set("co com go gov ac edu or org net ne")

_SURE_TLDS = word_set(
    "com net org id xyz online site io biz icu club vip shop store website jp kr tw hk sg apk"
    " example"
)
_WORD_TLDS = word_set(
    "me ly gl ee gle link info top co app page click live work pro fun space cloud "
    "tech dev asia my la in us uk au de eu cc tv ru bio jobs world cn ph th kh mm vn "
    "ke gg gd at to pw best"
)
"""Endings that are also words or syllables: after a bare name they count only with a path."""

_COMMON_NAMES = frozenset({"indonesia", "lapor"})
"""Names of state domains that anybody may carry in an address of their own."""

_SCHEME = re.compile(r"https?://([^\s<>\"'“”|]{2,400})")
_WWW = re.compile(r"www\.([^\s<>\"'“”|]{2,400})")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,10}")
_CUT_OFF = re.compile(r"(?=[a-z0-9-]*[a-z])[a-z0-9-]{6,63}")
"""What is left of an address whose end was lost, as in a caption that was cut."""
_DOT = re.compile(r"\.[a-z]")
_BARE = re.compile(
    r"((?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}([a-z]{2,7}))(?![\w@-])(?!\.\w)"
    r"((?::\d+)?[/?#][^\s<>\"'“”|]{0,400})?"
)
_HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_HOST_CHARACTERS = re.compile(r"[a-z0-9.-]*")
_SPACED_END = re.compile(r"\. ?(me|ly|id|ee|gle) ?/ ?([\w+-]{1,60})")
_SPACED_START = re.compile(r"(?<![\w.@-])([a-z0-9-]{1,20}) ?\Z")
_TRAILING = ".,;:!?)]}*_~"

_LOCAL = re.compile(r"[\w.+%-]{1,64}\Z")
_MAIL_HOST = re.compile(r"@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})")
_SPELT_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{2,64} ?(?:[(\[{] ?(?:at|et) ?[)\]}]|(?<= )at(?= )|@) ?"
    r"(?P<name>[a-z0-9-]{2,40}) ?(?:[(\[{] ?(?:dot|titik) ?[)\]}]|(?<= )(?:dot|titik)(?= )|\.) ?"
    r"(?P<tld>com|co\.id|id|net|org)(?!\w)"
)
_SPELT_SIGNS = ("(at", "[at", "{at", "( at", "[ at", " at ", " @", "@ ")
_HANDLE = re.compile(r"@(?!dmin\b)[a-z][a-z0-9_.]{2,30}")
_NAMED = re.compile(r"[:=] {0,2}@?[a-z][\w.]{2,40}")
_SITE = re.compile(
    r"(?<!\w)(ig|instagram|insta|fb|facebook|tiktok|tt|twitter|threads|telegram|tele) {0,2}\Z"
)
_SITE_REACH = 13
_TELEGRAM_BEFORE = re.compile(r"\b(?:telegram|tele|tg|tlgrm)\W{0,4}\Z")


_FoundLink = tuple[int, int, Link]


def find_links(document: Document, domains: Domains, lowered: str) -> list[tuple[int, int, Link]]:
    """Return links and handles with their place in ``lowered``, the cleaned text in lower case."""
    found: list[_FoundLink] = []
    taken: set[int] = set()
    for start, end, domain, link_type in (
        *_addresses(lowered, domains),
        *_handles(lowered),
    ):
        # An address is found by its 'https' before it is found by its dots.
        if start in taken or end - 1 in taken:
            continue
        taken.update(range(start, end))
        span = document.span_of(start, end)
        found.append((start, end, Link(span=span, domain=domain, link_type=link_type)))
    return found


_Address = tuple[int, int, str | None, LinkType]


def _addresses(lowered: str, domains: Domains) -> Iterator[_Address]:
    for pattern, sign in ((_SCHEME, "http"), (_WWW, "www.")):
        if sign not in lowered:  # known much sooner than by the pattern
            continue
        for match in pattern.finditer(lowered):
            if pattern is _WWW and _inside_word(lowered, match.start()):
                continue
            address = match.group(1).rstrip(_TRAILING)
            end = match.start(1) + len(address)
            address = address.removeprefix("www.")
            host = _HOST.match(address)
            if host is not None and host.group().rsplit(".", 1)[1].isalpha():
                yield match.start(), end, *_classify(host.group(), address[host.end() :], domains)
            elif host is None and pattern is _SCHEME and _CUT_OFF.fullmatch(address):
                yield match.start(), end, address, "web"
    for start, end, name, path in _bare(lowered, domains):
        yield start, end, *_classify(name, path, domains)
    for match in _SPACED_END.finditer(lowered) if "/" in lowered else ():
        head = _SPACED_START.search(lowered, max(0, match.start() - 22), match.start())
        if head is None or " " not in lowered[head.start() : match.end(1) + 2]:
            continue
        name = f"{head.group(1)}.{match.group(1)}"
        if _is_known(name, domains):
            yield head.start(), match.end(), *_classify(name, "/" + match.group(2), domains)


def _handles(lowered: str) -> Iterator[_Address]:
    at = lowered.find("@")
    while at >= 0:
        match = _HANDLE.match(lowered, at)
        if match is not None and not _inside_word(lowered, at):
            telegram = _TELEGRAM_BEFORE.search(lowered, max(0, at - 14), at)
            yield at, match.end(), None, "telegram" if telegram else "social"
        at = lowered.find("@", at + 1)
    for match in _NAMED.finditer(lowered):
        low = max(0, match.start() - _SITE_REACH)
        site = _SITE.search(lowered, low, match.start())
        if site is not None:
            telegram_site = site.group(1).startswith("tele")
            yield site.start(), match.end(), None, "telegram" if telegram_site else "social"


def _inside_word(lowered: str, index: int) -> bool:
    """Return whether the character before ``index`` belongs to the same word or address."""
    return index > 0 and (lowered[index - 1].isalnum() or lowered[index - 1] in "_@./-")


def find_emails(document: Document, domains: Domains, lowered: str) -> list[tuple[int, int, Email]]:
    """Return mail addresses with their place in ``lowered``, also spelt-out ones."""
    hosts: list[tuple[int, int, str]] = []
    at = lowered.find("@")
    while at >= 0:
        host = _MAIL_HOST.match(lowered, at)
        local = _LOCAL.search(lowered, max(0, at - 64), at) if host is not None else None
        if host is not None and local is not None:
            hosts.append((local.start(), host.end(), host.group(1)))
        at = lowered.find("@", at + 1)
    if any(sign in lowered for sign in _SPELT_SIGNS):
        hosts.extend(
            (match.start(), match.end(), f"{match['name']}.{match['tld']}")
            for match in _SPELT_EMAIL.finditer(lowered)
            if " at " not in match.group() or _is_spelt_mail(match, domains)
        )
    found: list[tuple[int, int, Email]] = []
    taken = -1
    for start, end, name in sorted(hosts):
        if start < taken:
            continue
        taken = end
        domain = registrable(name)
        mail = Email(
            span=document.span_of(start, end),
            domain=domain,
            free=domain in domains.free_mail or name in domains.free_mail,
            official=_is_official(domain, domains),
        )
        found.append((start, end, mail))
    return found


def _is_spelt_mail(match: re.Match[str], domains: Domains) -> bool:
    """Return whether 'x at y dot com' is an address: English prose says 'at' too."""
    return " dot " in match.group() or f"{match['name']}.{match['tld']}" in domains.free_mail


def _bare(lowered: str, domains: Domains) -> Iterator[tuple[int, int, str, str]]:
    """Yield place, host and path of the addresses that stand without 'https' or 'www'."""
    done = 0
    for dot in _DOT.finditer(lowered):
        start = dot.start()
        if start < done:
            continue
        while start > done and lowered[start - 1] in _HOST_LETTERS:
            start -= 1
        done = _end_of_host(lowered, start)
        while start < done and lowered[start] in ".-":
            start += 1
        match = _BARE.match(lowered, start) if not _inside_word(lowered, start) else None
        if match is None:
            continue
        done = max(done, match.end())
        host, tld, path = match.group(1), match.group(2), match.group(3) or ""
        sure = tld in _SURE_TLDS
        if not sure and not (tld in _WORD_TLDS and (path or _is_known(host, domains))):
            continue
        if not any(char.isalpha() for char in host[: -len(tld) - 1]):
            continue
        kept = match.group().rstrip(_TRAILING)
        yield start, start + len(kept), host, path.rstrip(_TRAILING)


def _end_of_host(lowered: str, start: int) -> int:
    match = _HOST_CHARACTERS.match(lowered, start)
    return match.end() if match is not None else start


def _is_known(host: str, domains: Domains) -> bool:
    return any(
        host in listed or registrable(host) in listed
        for listed in (
            domains.whatsapp,
            domains.telegram,
            domains.short,
            domains.form,
            domains.social,
            domains.official,
        )
    )


def registrable(host: str) -> str:
    """Return the part of a host name that somebody has registered.

    >>> registrable("siskop2mi.bp2mi.go.id"), registrable("kemnaker.go.id.daftar.xyz")
    ('bp2mi.go.id', 'daftar.xyz')
    """
    labels = host.strip(".").split(".")
    keep = 2
    if len(labels) > keep and (
        (labels[-1] == "id" and labels[-2] in _SECOND_LEVEL_ID)
        or (labels[-1] != "id" and len(labels[-1]) == keep and labels[-2] in _SECOND_LEVEL)
    ):
        keep = 3
    return ".".join(labels[-keep:])


def _is_official(domain: str, domains: Domains) -> bool:
    return domain in domains.official or domain.endswith("." + STATE_SUFFIX)


def _classify(host: str, path: str, domains: Domains) -> tuple[str, LinkType]:
    """Return the registrable domain of an address and what kind of link it is."""
    domain = registrable(host)
    first = path.lstrip("/").split("/", 1)[0].split("?", 1)[0]
    keys = {domain, host, f"{host}/{first}", f"{domain}/{first}"}
    if path.split("?", 1)[0].endswith(".apk") or host.endswith(".apk"):
        return domain, "apk"
    if _is_official(domain, domains):
        return domain, "official"
    listed: tuple[tuple[frozenset[str], LinkType], ...] = (
        (domains.whatsapp, "whatsapp"),
        (domains.telegram, "telegram"),
        (domains.form, "form"),
        (domains.short, "short"),
        (domains.social, "social"),
    )
    for entries, link_type in listed:
        if not keys.isdisjoint(entries):
            return domain, link_type
    return domain, "lookalike" if _poses(host, domains) else "web"


def _poses(host: str, domains: Domains) -> bool:
    """Return whether a host that is not official carries the name of a state body."""
    if f"{STATE_SUFFIX}." in host or "go-id" in host:
        return True
    parts = set(host.replace("-", ".").split("."))
    long_names, names = _state_names(domains.official)
    return not parts.isdisjoint(names) or any(name in host for name in long_names)


@lru_cache(maxsize=8)
def _state_names(official: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the names in official domains: those safe to find inside a word, and all of them."""
    names = frozenset(
        label
        for domain in official
        for label in domain.removesuffix("." + STATE_SUFFIX).split(".")
        if len(label) > 2 and label not in _COMMON_NAMES
    )
    inside = tuple(
        sorted(name for name in names if len(name) >= 6 or any(char.isdigit() for char in name))
    )
    return inside, names
