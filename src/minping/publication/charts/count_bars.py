"""Count bars: how many of each, as bars from nought with the number at their end."""

from __future__ import annotations

import math
from collections.abc import Sequence

from minping.model.arrays import Floats
from minping.publication.charts.chart import Chart, Heading, Table, drawing
from minping.publication.charts.interval_rows import NAMES, WIDTH, stands_above
from minping.publication.charts.markup import escaped, shortened, svg_text
from minping.words import Text

_ROOM = 0.84  #: of the width that the longest bar takes, so that its number has room


def count_bars(
    heading: Heading, names: Sequence[Text], counts: Floats, said: Sequence[str], marked: Sequence[bool], table: Table
) -> Chart:
    """Draw counts (N,), each with what is said at its end; marked ones in bold. A count of NaN has no bar."""
    above = stands_above(names)
    step, offset, start = (36.0, 16.0, 0.6) if above else (24.0, 0.0, NAMES + 2.0)
    most = max((count for count in counts.tolist() if math.isfinite(count)), default=1.0)
    y, drawn = 6.0, []
    for name, count, words, is_marked in zip(names, counts.tolist(), said, marked, strict=True):
        short = Text(shortened(name.zh, 40), shortened(name.en, 40))
        place = f'x="0.6%" y="{y + 12:g}"' if above else f'x="{NAMES}%" y="{y + 15:g}" text-anchor="end"'
        drawn.append(svg_text(short, f'class="label{" marked" if is_marked else ""}" {place}'))
        end = start
        if math.isfinite(count) and most > 0:
            end += (99.4 - start) * _ROOM * count / most
            drawn.append(
                f'<rect class="interval" x="{start:.2f}%" y="{y + offset + 4:g}" width="{end - start:.2f}%" height="12" rx="2"/>'
            )
        drawn.append(f'<text class="num" x="{end:.2f}%" dx="5" y="{y + offset + 14:g}">{escaped(words)}</text>')
        y += step
    return Chart(heading, drawing(heading, "".join(drawn), width=WIDTH, height=y + 4), table)
