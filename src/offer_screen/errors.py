"""Everything that offer_screen raises, in one small tree.

::

    OfferScreenError
    ├─ InputError           the offer is not text, is blank, or is over the length limit
    ├─ RuleError            one thing wrong in a rule pack, with its place and a hint
    │  ├─ RuleSyntaxError     not YAML
    │  ├─ RuleSchemaError     YAML, but not of the documented shape
    │  └─ RuleReferenceError  names something that does not exist, or exists twice
    ├─ InvalidRuleSet       all the RuleErrors of a pack at once
    ├─ CorpusError          lines of a corpus file are not texts of a corpus
    ├─ ModelError           a model file cannot be used: missing, of another version, damaged
    ├─ MissingExtra         what was asked for needs a package that is not installed
    └─ EngineError          the inference engine failed; never swallowed

"No red flags" is a result, never an exception. Errors compare by value, so that tests can state the
error they expect.
"""

from __future__ import annotations

from dataclasses import dataclass


class OfferScreenError(Exception):
    """Base of every error that this library raises on purpose."""


class InputError(OfferScreenError):
    """The offer given cannot be screened: not a ``str``, blank, or over the length limit."""


class EngineError(OfferScreenError):
    """The inference engine refused the rule set or failed while it ran."""


class CorpusError(OfferScreenError):
    """A corpus file cannot be read, or lines of it are not texts of a corpus."""


class ModelError(OfferScreenError):
    """A model file cannot be used: it is missing, of another format version, or damaged."""


class MissingExtra(OfferScreenError):  # noqa: N818  (it names what is missing)
    """What was asked for needs a package that comes with an extra of the library."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        self.what = what
        self.package = package
        self.extra = extra
        super().__init__(
            f"{what} needs {package}, which is not installed: pip install 'offer_screen[{extra}]'"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return MissingExtra, (self.what, self.package, self.extra)


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A place in a file of a rule pack; ``line`` and ``column`` count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class RuleError(OfferScreenError):
    """One thing that is wrong in a rule pack.

    Attributes:
        code: Stable code of the check, such as ``R012``.
        message: What is wrong, without the place.
        location: Where, when it is known.
        hint: How to mend it, or None.
        source_line: The offending line of the file, for the caret display.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        location: SourceLocation | None = None,
        hint: str | None = None,
        source_line: str | None = None,
    ) -> None:
        self.code = code
        self.message = message
        self.location = location
        self.hint = hint
        self.source_line = source_line
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        lines = [f"{place}{self.code} {self.message}"]
        if self.location and self.source_line is not None:
            gutter = f"{self.location.line:>5} | "
            lines.append(gutter + self.source_line)
            lines.append(" " * (len(gutter) + self.location.column - 1) + "^")
        if self.hint:
            lines.append(f"      = {self.hint}")
        return "\n".join(lines)

    def _key(self) -> tuple[object, ...]:
        return type(self), self.code, self.message, self.location, self.hint

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleError) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (
            type(self),
            self.code,
            self.message,
            self.location,
            self.hint,
            self.source_line,
        )


def _rebuild(
    cls: type[RuleError],
    code: str,
    message: str,
    location: SourceLocation | None,
    hint: str | None,
    source_line: str | None,
) -> RuleError:
    return cls(code, message, location=location, hint=hint, source_line=source_line)


class RuleSyntaxError(RuleError):
    """A file of the pack is not YAML."""


class RuleSchemaError(RuleError):
    """A file of the pack is YAML, but not of the documented shape."""


class RuleReferenceError(RuleError):
    """Something named in the pack does not exist, or exists twice."""


class InvalidRuleSet(OfferScreenError):  # noqa: N818  (the name analysts meet; 'Error' would add nothing)
    """A rule pack cannot be used; ``errors`` holds every reason, in file order."""

    def __init__(self, errors: tuple[RuleError, ...]) -> None:
        self.errors = errors
        count = f"{len(errors)} error{'s' if len(errors) != 1 else ''} in the rule pack"
        super().__init__("\n".join([count, *(str(error) for error in errors)]))

    def __reduce__(self) -> tuple[object, ...]:
        return InvalidRuleSet, (self.errors,)
