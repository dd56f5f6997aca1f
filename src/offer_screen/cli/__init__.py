"""The command line: parse, call the library, render, exit."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from offer_screen._version import __version__
from offer_screen.cli import corpus, rules
from offer_screen.cli.attack import attack
from offer_screen.cli.batch import batch
from offer_screen.cli.evaluate import evaluate
from offer_screen.cli.exit_codes import ExitCode
from offer_screen.cli.fit import fit
from offer_screen.cli.screen import screen
from offer_screen.cli.spark import spark
from offer_screen.cli.terminal import discard_output, prepare_streams, tell, write_result
from offer_screen.cli.train import train
from offer_screen.errors import (
    CorpusError,
    InputError,
    InvalidRuleSet,
    MissingExtra,
    ModelError,
    OfferScreenError,
)

__all__ = ["ExitCode", "app", "main"]

app = typer.Typer(
    name="offer-screen",
    help="Screens Indonesian job offers for signs of trafficking and fraud.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(context_settings={"allow_extra_args": True})(screen)
app.command()(batch)
app.command()(spark)
app.command()(evaluate)
app.command()(attack)
app.command()(train)
app.command()(fit)
app.add_typer(rules.app, name="rules")
app.add_typer(corpus.app, name="corpus")


def _version(value: bool) -> None:  # noqa: FBT001  (typer calls it so)
    if value:
        write_result(f"offer-screen {__version__}\n", None)
        raise typer.Exit(ExitCode.OK)


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        argv: Arguments without the program name; those of the process if None.
    """
    prepare_streams()
    try:
        app(args=argv, prog_name="offer-screen")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else ExitCode.OK
    except InvalidRuleSet as error:
        tell(str(error))
        return ExitCode.INVALID_RULES
    except (CorpusError, InputError, ModelError) as error:
        tell(f"offer-screen: {error}")
        return ExitCode.INPUT
    except MissingExtra as error:
        tell(f"offer-screen: {error}")
        return ExitCode.USAGE
    except OfferScreenError as error:
        tell(f"offer-screen: {error}")
        return ExitCode.INTERNAL
    except OSError as error:  # such as help written to a full disk
        discard_output()
        tell(f"offer-screen: {error}")
        return ExitCode.INPUT
    except Exception as error:
        # The last resort of a program, not of the library: a trace to report, and code 5.
        tell(f"offer-screen: internal error\n{_trace(error)}")
        return ExitCode.INTERNAL
    return ExitCode.OK


def _trace(error: BaseException) -> str:
    """Return where an error arose, without its message, which may hold words of an offer."""
    before = error.__cause__ or error.__context__
    frames = "".join(traceback.format_tb(error.__traceback__))
    own = f"{frames}{type(error).__module__}.{type(error).__qualname__}"
    return own if before is None else f"{_trace(before)}\nand then\n{own}"
