"""The history of a ranking as a picture: SVG for pages, PNG for mails.

Drawn by matplotlib, the extra "charts"; without it there is no picture, and the table
of its numbers, which stands beside every picture, stands alone.
"""

from __future__ import annotations

import importlib.util
import io
import math
import re
import threading
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefing.domain.ranking import HistoryLine, RankingHistory
from briefing.render import numbers, words
from briefing.render.history import MOST_LINES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Chosen to be told apart with any colour vision and to stand out from light and from
# dark paper alike (3:1 at least on both); the leader's line is also the thickest.
_COLOURS = ("#c2452d", "#2f7fb8", "#3f8f57", "#8a6fc4", "#9a7b1f")
# Text and axes; replaced by a variable in SVG, so that they follow dark mode.
_INK, _GRID = "#010203", "#020304"
_MAIL_INK, _MAIL_GRID = "#5d574d", "#ddd7ca"
_SIZE = (5.0, 2.75)
# Mail programs show a picture at half of its pixels on good screens.
_PIXELS_AN_INCH = 256
_MOST_TICKS = 7
# Of "26. Apr." or "26 de abr." fewer stand apart.
_LONG_DAY, _FEW_TICKS = 6, 4
_LABEL = 26
_DRAWING = threading.Lock()
# Editions of several readers show the same charts, of 10 to 50 kB each.
_KEPT = 32
_STYLE = (
    "<style>:root{--ink:#5d574d;--grid:#ddd7ca}"
    "@media (prefers-color-scheme:dark){:root{--ink:#aaa396;--grid:#3a362f}}</style>"
)


def can_draw() -> bool:
    """Whether matplotlib is installed."""
    return importlib.util.find_spec("matplotlib") is not None


@lru_cache(maxsize=_KEPT)
def svg(told: RankingHistory, tag: str) -> bytes:
    """The picture for a page; the same bytes for the same history.

    It names its own colours for dark mode and no font of its own. Raises ImportError
    without matplotlib.
    """
    drawn = _saved(told, tag, _INK, _GRID, _as_svg)
    text = drawn.decode("utf-8").replace(_INK, "var(--ink)")
    text = text.replace(_GRID, "var(--grid)")
    text = text.replace("'DejaVu Sans'", "system-ui, 'DejaVu Sans'")
    # The first lines name a document type on another host; nobody needs it.
    text = re.sub(r"^.*?(?=<svg )", "", text, count=1, flags=re.DOTALL)
    head, end, rest = text.partition(">")
    return f"{head}{end}{_STYLE}{rest}".encode()


@lru_cache(maxsize=_KEPT)
def png(told: RankingHistory, tag: str) -> bytes:
    """The picture for a mail, 1,280 pixels wide, on paper of its own, because mail
    programs in dark mode do not tell. Raises ImportError without matplotlib.
    """
    return _saved(told, tag, _MAIL_INK, _MAIL_GRID, _as_png)


def _saved(
    told: RankingHistory,
    tag: str,
    ink: str,
    grid: str,
    save: Callable[[Figure], bytes],
) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    look: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "briefing",
        "font.family": ["DejaVu Sans"],
        "font.size": 8.5,
        "text.parse_math": False,
        "axes.unicode_minus": True,
    }
    # One at a time: its settings are the process's.
    with _DRAWING, warnings.catch_warnings(), mpl.rc_context(look):
        # A letter that the font lacks is a box; the table beside it has the name.
        warnings.simplefilter("ignore", UserWarning)
        figure = Figure(figsize=_SIZE, dpi=_PIXELS_AN_INCH, layout="constrained")
        _draw(figure, told, tag if _is_in_font(tag) else "en", ink, grid)
        return save(figure)


def _as_svg(figure: Figure) -> bytes:
    held = io.BytesIO()
    metadata: dict[str, Any] = {"Date": None, "Creator": None}
    figure.savefig(held, format="svg", facecolor="none", metadata=metadata)
    return held.getvalue()


def _as_png(figure: Figure) -> bytes:
    """A palette of 64 keeps the edges smooth in a quarter of the bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_facecolor("#fbfaf6")
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    made = io.BytesIO()
    drawn.convert("RGB").quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


@lru_cache(maxsize=64)
def _is_in_font(tag: str) -> bool:
    """The font has the letters of the locale's sizes and months; else the axes are in
    plain English, and the table beside them in the locale.
    """
    from matplotlib import font_manager

    place = font_manager.findfont("DejaVu Sans")
    known = font_manager.get_font(place).get_charmap()
    sizes = [numbers.compact(Decimal(10) ** power, tag) for power in range(5, 15)]
    months = [words.short_day(date(2026, month, 1), tag) for month in range(1, 13)]
    return all(ord(one) in known for one in "".join((*sizes, *months)))


def _draw(figure: Figure, told: RankingHistory, tag: str, ink: str, grid: str) -> None:
    axes: Any = figure.add_subplot()
    lines = told.lines[:MOST_LINES]
    number_of, has_values = _measure(lines)
    places = list(range(len(told.steps)))
    ends: list[tuple[float, str, str]] = []
    for number, line in enumerate(lines):
        colour = _COLOURS[number % len(_COLOURS)]
        heights = [number_of(line, place) for place in places]
        across, up = _broken(told, heights)
        axes.plot(
            across,
            up,
            color=colour,
            linewidth=2.6 if number == 0 else 1.6,
            marker="o",
            markersize=4 if number == 0 else 3,
            solid_capstyle="round",
        )
        known = [one for one in heights if not math.isnan(one)]
        if known:
            ends.append((known[-1], _cut(line.label), colour))
    axes.patch.set_alpha(0)
    if has_values:
        axes.set_ylim(bottom=0)
    else:
        axes.invert_yaxis()
    axes.yaxis.set_major_formatter(
        lambda value, _: numbers.compact(Decimal(f"{value:.6g}"), tag)
    )
    _label_ends(axes, ends, places[-1])
    days = [words.short_day(step.at, tag) for step in told.steps]
    is_long = max(map(len, days), default=0) > _LONG_DAY
    most = _FEW_TICKS if is_long else _MOST_TICKS
    ticks = places[:: -(-len(places) // most)] if places else []
    axes.set_xticks(ticks, [days[one] for one in ticks])
    axes.grid(axis="y", color=grid, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=ink, length=0)
    for side in axes.spines.values():
        side.set_visible(False)


def _measure(
    lines: Sequence[HistoryLine],
) -> tuple[Callable[[HistoryLine, int], float], bool]:
    """What is drawn: values, or ranks of a ranking that states none."""
    has_values = any(one.value is not None for line in lines for one in line.points)

    def height(line: HistoryLine, place: int) -> float:
        point = line.points[place]
        drawn = point.value if has_values else point.rank
        return math.nan if drawn is None else float(drawn)

    return height, has_values


def _broken(
    told: RankingHistory, heights: Sequence[float]
) -> tuple[list[float], list[float]]:
    """The line with a hole wherever a step is missing."""
    across: list[float] = []
    up: list[float] = []
    for place, (step, height) in enumerate(zip(told.steps, heights, strict=True)):
        if place and step.is_after_gap:
            across.append(place - 0.5)
            up.append(math.nan)
        across.append(place)
        up.append(height)
    return across, up


def _label_ends(axes: Any, ends: list[tuple[float, str, str]], last: int) -> None:
    """Names at the ends of the lines, pushed apart so that none covers another."""
    bottom, top = sorted(axes.get_ylim())
    room = (top - bottom) / 14
    taken = math.inf
    for height, label, colour in sorted(ends, reverse=True):
        at = min(height, taken - room)
        taken = at
        axes.annotate(
            label,
            xy=(last, height),
            xytext=(last + 0.02 * max(1, last) + 0.08, at),
            color=colour,
            va="center",
            annotation_clip=False,
            parse_math=False,
        )


def _cut(label: str) -> str:
    line = " ".join(label.split())
    return line if len(line) <= _LABEL else line[: _LABEL - 1].rstrip() + "…"
