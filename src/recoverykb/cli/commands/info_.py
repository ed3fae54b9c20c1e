"""``recoverykb info``."""

from recoverykb.cli.options import ColourOption, FormatOption, KbOption, WidthOption

EXAMPLES = ("recoverykb info",)


def run(
    format_name: FormatOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Show the layers in use, what they hold, where the index is, and versions."""
    from datetime import date

    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.storage.base import Base
    from recoverykb.views.about import info_document

    environment = current(colour, width)
    with Base.open(kb or (), environment.warn) as base:
        document = info_document(base, today=date.today())
    emit(environment, document, chosen_format(environment, format_name))
