"""Lines for a mail reader of fixed width."""

from __future__ import annotations

import textwrap

from briefing.render.escaping import one_line

# RFC 3676 (format=flowed) advises at most 78; two levels of quoting still fit.
WIDTH = 72


def fill(text: str, first: str = "", rest: str = "") -> str:
    """`text` as lines of at most 72 characters; addresses are never broken.

    `first` opens the first line, `rest` the others.
    """
    return textwrap.fill(
        one_line(text),
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
