"""Loads screeners for wrappers, whose parameters are plain values that are copied and saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from offer_screen.pipeline import EngineName
from offer_screen.screener import Screener

_Stamp = tuple[str, int, int]


def load_screener(
    rules: Sequence[Path | str] | None = None,
    *,
    engine: EngineName = "auto",
    as_of: dt.date | str | None = None,
    model: Path | str | None = "auto",
    weights: Path | str = "fitted",
) -> Screener:
    """Return a screener, the same one for the same parameters as long as its files are the same.

    Other libraries copy an object by its parameters many times over: scikit-learn for each fold of
    a cross-validation. Loading once saves a second each time. Whoever gets one does not reload it.

    Args:
        rules: As for ``Screener.load``.
        engine: As for ``Screener.load``.
        as_of: As for ``Screener.load``, or the day as ISO text.
        model: As for ``Screener.load``.
        weights: As for ``Screener.load``.

    Raises:
        OfferScreenError: As for ``Screener.load``.
        ValueError: ``as_of`` is text and no day.
    """
    if isinstance(as_of, str):
        as_of = dt.date.fromisoformat(as_of)
    elif isinstance(as_of, dt.datetime):
        as_of = as_of.date()
    if isinstance(rules, str | Path):
        raise TypeError("rules: give a list of folders, such as ['my_pack/']")
    folders = None if rules is None else tuple(str(Path(folder).resolve()) for folder in rules)
    asked = _Asked(folders, engine, as_of or dt.date.today(), model, weights)
    with _lock:
        kept = _kept.pop(asked, None)
        if kept is None or kept.stamps != _stamps(kept.screener, asked):
            screener = Screener.load(
                folders, engine=engine, as_of=asked.as_of, model=model, weights=weights
            )
            kept = _Kept(screener, _stamps(screener, asked))
        _kept[asked] = kept  # the one used last stands last
        if len(_kept) > _MOST:
            del _kept[next(iter(_kept))]
    return kept.screener


class _Asked(NamedTuple):
    """The parameters, as they are compared."""

    folders: tuple[str, ...] | None
    engine: EngineName
    as_of: dt.date
    model: Path | str | None
    weights: Path | str


class _Kept(NamedTuple):
    screener: Screener
    stamps: tuple[_Stamp, ...]


_MOST = 4
_kept: dict[_Asked, _Kept] = {}
_lock = Lock()


def _stamps(screener: Screener, asked: _Asked) -> tuple[_Stamp, ...]:
    """Return what tells whether a file that the screener was made of was written anew."""
    files = [file for folder in screener.ruleset.paths for file in sorted(folder.rglob("*.yaml"))]
    files += [Path(given) for given in (asked.model, asked.weights) if given is not None]
    return tuple(
        (str(file), status.st_mtime_ns, status.st_size)
        for file in files
        if file.is_file() and (status := file.stat())
    )
