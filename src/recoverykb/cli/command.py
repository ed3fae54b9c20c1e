"""The command class: Typer's, with examples that are printed as they stand."""

from typing import Any

from typer.core import TyperCommand


class Command(TyperCommand):
    """A command whose help ends with its examples, one a line, never rewrapped."""

    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples under the options."""
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
