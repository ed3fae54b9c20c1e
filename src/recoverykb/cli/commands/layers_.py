"""``recoverykb layers``."""

from recoverykb.cli.options import ColourOption, FormatOption, KbOption, WidthOption

EXAMPLES = ("recoverykb layers", "recoverykb layers --kb our-base --format json")


def run(
    format_name: FormatOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """List the bases in use, lowest first: whose they are, what they hold, replace and hide."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.storage.base import Base
    from recoverykb.views.layers import layers_document

    environment = current(colour, width)
    with Base.open(kb or (), environment.warn) as base:
        document = layers_document(base)
    emit(environment, document, chosen_format(environment, format_name))
