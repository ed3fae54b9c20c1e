"""Which commands there are.

Only the module of the command that runs is imported. Typer is held below 0.29: from there on it
loads pydantic at every start (measured in ``tests/benchmarks``).
"""

import signal
from importlib import import_module
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from recoverykb import __version__
from recoverykb.cli.command import Command
from recoverykb.errors import Exit, RecoverykbError

COMMANDS = (
    "search", "list", "show", "compare", "sheet", "check", "sources", "schema", "info",
    "init", "layers", "add", "edit", "verify", "rename", "retire", "hide", "diff", "merge",
)  # fmt: skip
"""Every command, in the order of ``--help``; each is the module ``commands/NAME_.py`` with ``run``."""


class InterruptedRunError(RecoverykbError):
    """The person at the keyboard stopped the command. Click would make an abort of KeyboardInterrupt."""

    exit = Exit.INTERRUPTED


class LazyGroup(TyperGroup):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of every command."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or ``None``."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"recoverykb.cli.commands.{cmd_name}_")
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, cls=getattr(module, "CommandClass", Command))(module.run)
        command: Any = get_command(single)
        command.examples = module.EXAMPLES
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As the parent, with every name known so that a near one can be proposed."""
        name = args[0] if args else ""
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        self.commands = {known: self.get_command(ctx, known) for known in COMMANDS}
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"recoverykb {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ways out of opioid dependence: look up, compare and print, with a source for every fact.

    Information, not medical advice. In an emergency call the local emergency number.

    Example: recoverykb search naloxone
    """


def run() -> None:
    """Parse the arguments and run the command they name. Raises what stops the command."""
    signal.signal(signal.SIGINT, _interrupt)
    app(prog_name="recoverykb")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise InterruptedRunError("")
