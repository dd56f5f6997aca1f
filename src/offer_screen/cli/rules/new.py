"""``offer-screen rules new``: the first draft of a rule."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from offer_screen.authoring.scaffold import Draft, scaffold, write_draft
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.rules.app import app, load
from offer_screen.cli.terminal import tell, write_result
from offer_screen.values import Harm, Localised, Severity


@app.command()
def new(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="Folder of the pack to write to.", exists=True, file_okay=False
        ),
    ],
    *,
    rule_id: Annotated[
        str | None, typer.Option("--id", help="Id of the rule, such as fee-for-uniform.")
    ] = None,
    category: Annotated[str | None, typer.Option("--category", help="Its category.")] = None,
    title_id: Annotated[
        str | None, typer.Option("--title-id", help="Its title in Indonesian.")
    ] = None,
    title_en: Annotated[
        str | None, typer.Option("--title-en", help="Its title in English.")
    ] = None,
    severity: Annotated[
        Severity | None, typer.Option("--severity", help="Harm if true; gives a first weight.")
    ] = None,
    phrase: Annotated[
        list[str] | None,
        typer.Option("--phrase", help="Phrase to look for; may be given several times."),
    ] = None,
    signal: Annotated[
        list[str] | None,
        typer.Option("--signal", help="Signal that exists; may be given several times."),
    ] = None,
    abroad: Annotated[
        bool, typer.Option("--abroad", help="Fire only on offers of work abroad.")
    ] = False,
    match: Annotated[
        list[str] | None, typer.Option("--match", help="Offer that the rule is to fire on.")
    ] = None,
    no_match: Annotated[
        list[str] | None, typer.Option("--no-match", help="Near miss that it stays away from.")
    ] = None,
    harm: Annotated[
        list[Harm] | None, typer.Option("--harm", help="Harm that it speaks for.")
    ] = None,
) -> None:
    """Write the first draft of a rule, and of its signal, into a pack.

    What is not given is asked for on a terminal. Nothing is overwritten.
    """
    asked = _Asked()
    draft = Draft(
        id=asked.text("--id", rule_id, "Id of the rule (words joined by hyphens)"),
        category=asked.text("--category", category, "Category"),
        title=Localised(
            id=asked.text("--title-id", title_id, "Title in Indonesian"),
            en=asked.text("--title-en", title_en, "Title in English"),
        ),
        severity=Severity(
            asked.choice("--severity", severity, "Severity", [each.value for each in Severity])
        ),
        phrases=tuple(phrase or ()) if signal or phrase else asked.phrases(),
        signals=tuple(signal or ()),
        abroad=abroad,
        match=tuple(match or ()),
        no_match=tuple(no_match or ()),
        harms=tuple(harm or (Harm.TRAFFICKING,)),
    )
    written = write_draft(
        scaffold(draft, dt.datetime.now(tz=dt.UTC).date()), path, lambda: load(path)
    )
    write_result("".join(f"{each.as_posix()}\n" for each in written), None)
    tell("Next: put your own words where it says TODO, then 'rules test' and 'rules lint'.")
    raise typer.Exit(ExitCode.OK)


class _Asked:
    """Asks on a terminal for what was not given; elsewhere that is bad usage."""

    def text(self, option: str, given: str | None, prompt: str) -> str:
        if given is not None:
            return given
        self._need_terminal(option)
        answer: str = typer.prompt(prompt, err=True)
        return answer.strip()

    def choice(self, option: str, given: str | None, prompt: str, choices: list[str]) -> str:
        answer = self.text(option, given, f"{prompt} ({', '.join(choices)})")
        while answer not in choices:
            answer = self.text(option, None, f"{prompt}: one of {', '.join(choices)}")
        return answer

    def phrases(self) -> tuple[str, ...]:
        self._need_terminal("--phrase or --signal")
        found = [self.text("--phrase", None, "Phrase to look for")]
        while answer := typer.prompt(
            "Another phrase (empty line to end)", default="", show_default=False, err=True
        ).strip():
            found.append(answer)
        return tuple(found)

    def _need_terminal(self, option: str) -> None:
        if sys.stdin is None or not sys.stdin.isatty():
            raise typer.BadParameter("is needed (on a terminal it is asked for)", param_hint=option)
