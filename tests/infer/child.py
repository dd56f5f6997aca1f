"""A process that does what is asked of it over a pipe, and may die of it.

A C extension that goes wrong takes its whole process along, and a property test with it. Asked of
a child, the same work fails as any other does: with an exception, for which Hypothesis looks for a
smaller example.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE = 60
"""Seconds until a child that says nothing counts as hung."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["pytest", "tests.infer.child", "offer_screen.infer.base"])


class CrashedError(Exception):
    """The child died, or said nothing for long."""


class Child:
    """Serves one call at a time; after a crash the next call has a child of its own."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self.started = 0

    def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` returns in the child.

        Raises:
            CrashedError: The child died of it, or hung.
            Exception: What ``work`` raised.
        """
        pipe = self._pipe or self._start()
        pipe.send((work, args, kwargs))
        try:
            if not pipe.poll(_PATIENCE):
                raise CrashedError("the child hangs")
            done, told = pipe.recv()
        except (EOFError, ConnectionError) as error:
            assert self._process is not None
            self._process.join()
            code = self._process.exitcode
            self.close()
            raise CrashedError(f"the child died with exit code {code}") from error
        except CrashedError:
            self.close()
            raise
        if not done:
            raise told
        result: T = told
        return result

    def close(self) -> None:
        """End the child, if there is one."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None

    def _start(self) -> Connection:
        self._pipe, other = _context.Pipe()
        self._process = _context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()
        self.started += 1
        return self._pipe


def _serve(pipe: Connection) -> None:
    faulthandler.disable()  # the parent tells of a crash
    while True:
        try:
            work, args, kwargs = pipe.recv()
        except EOFError:
            return
        pipe.send(_done(work, args, kwargs))


def _done(work: Callable[..., Any], args: Any, kwargs: Any) -> tuple[bool, Any]:
    try:
        return True, work(*args, **kwargs)
    except Exception as error:
        return False, error
