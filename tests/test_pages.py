"""Every file, command and piece of code of the pages, as a reader would write and run them."""

from __future__ import annotations

import io
import shlex
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import offer_screen.integrations.spacy_component  # noqa: F401  (found without, once installed)
from offer_screen.cli import main
from offer_screen.rules.source import parse_source
from tests.pages import Code, Command, File, Fragment, Step, first_missing, read, steps_of

DOCS = Path(__file__).parents[1] / "docs"
PAGES = (
    "writing-rules.md",
    "analyst-cookbook.md",
    "measuring-rules.md",
    "rule-commands.md",
    "classifier.md",
    "integrations.md",
    "operations.md",
    "../README.md",
)


class Reader:
    """Does what a page says, in the current folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._names: dict[str, object] = {}
        self.code = 0

    def do(self, step: Step) -> str | None:
        """Do one step and return what is wrong with it, if anything."""
        if isinstance(step, File):
            path = Path(step.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.content, encoding="utf-8")
            return None
        if isinstance(step, Fragment):
            _, errors = parse_source(step.content.encode(), "fragment.yaml")
            return "; ".join(map(str, errors)) or None
        printed = self._exec(step) if isinstance(step, Code) else self._run(step.text)
        missing = first_missing(step.shown, printed)
        return None if missing is None else f"{missing!r} is not in:\n{printed}"

    def _exec(self, step: Code) -> str:
        """Run a piece of code with the names of those before it, and return what it prints."""
        code = compile("\n" * (step.line - 1) + step.content, "page", "exec")
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, self._names)
        return printed.getvalue()

    def _run(self, command: str) -> str:
        if command == "echo $?":
            code, self.code = self.code, 0
            return str(code)
        words = shlex.split(command, comments=True)
        target = None
        if ">" in words:
            at = words.index(">")
            target = Path(words[at + 1])
            words = words[:at]
        if words[0] == "offer-screen":
            self._capsys.readouterr()
            self.code = int(main(words[1:]))
            captured = self._capsys.readouterr()
            out, err = captured.out, captured.err
        else:
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            self.code, out, err = done.returncode, done.stdout, done.stderr
        if target is not None:
            target.write_text(out, encoding="utf-8")
            out = ""
        return out + err


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(capsys)
    steps = read(DOCS / page)
    assert any(isinstance(step, Command | Code) for step in steps)
    for step, following in zip(steps, (*steps[1:], None), strict=True):
        wrong = reader.do(step)
        assert wrong is None, f"docs/{page}:{step.line}: {wrong}"
        told = isinstance(following, Command) and following.text == "echo $?"
        assert told or reader.code == 0, f"docs/{page}:{step.line}: exits with {reader.code}"


def test_a_page_is_read_as_files_commands_fragments_and_code() -> None:
    page = """\
Write `site/a.yaml`, such as this one:

```yaml
a: 1
```

Shown only:

```yaml
b: 2
```

```console
$ offer-screen screen \\
    x
first …
last
$ echo $?
1
```

```python
print(1)
```

```text
1
```

```python
x = 2
```
"""
    assert list(steps_of(page)) == [
        File(4, "site/a.yaml", "a: 1\n"),
        Fragment(10, "b: 2\n"),
        Command(14, "offer-screen screen x", ("first …", "last")),
        Command(18, "echo $?", ("1",)),
        Code(23, "print(1)\n", ("1",)),
        Code(31, "x = 2\n", ()),
    ]


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        (("a  b", "d"), None),
        (("a … c", "…", "d e"), None),
        (("d", "a b"), "a b"),
        (("x",), "x"),
        (("c … a",), "c … a"),
    ],
)
def test_lines_must_come_in_order(shown: tuple[str, ...], missing: str | None) -> None:
    assert first_missing(shown, "a b   c\nd e\n") == missing
