"""Map: bodies as areas of a GeoJSON, shaded by tier, with the tier's number on each and the same in a list.

What goes in is a parsed GeoJSON whose features name their body in `properties.body`; other features are left out
and counted by the caller (`areas_of` returns what it knows).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minping.model.arrays import Ints
from minping.publication.charts.chart import Chart, Column, Heading, Table, names
from minping.publication.charts.grade_bars import SHADES
from minping.publication.charts.interval_rows import WIDTH
from minping.publication.charts.numbers import whole
from minping.words import Text

Ring = list[tuple[float, float]]  #: longitude, latitude
_MOST_HIGH = 620.0
_FURTHEST = 1e9  #: also of projected coordinates, in metres; what lies further is no place


def areas_of(geojson: object) -> dict[str, list[Ring]]:
    """Body -> rings of its area, from a FeatureCollection of polygons.

    >>> square = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    >>> feature = {"properties": {"body": "a"}, "geometry": {"type": "Polygon", "coordinates": square}}
    >>> areas_of({"features": [feature]})
    {'a': [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]]}
    """
    areas: dict[str, list[Ring]] = {}
    features = geojson.get("features") if isinstance(geojson, Mapping) else None
    for feature in features if isinstance(features, list) else ():
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        body = properties.get("body") if isinstance(properties, Mapping) else None
        rings = [ring for ring in _rings(feature) if len(ring) > 2] if body is not None else []
        if rings:
            areas.setdefault(str(body), []).extend(rings)
    return areas


def tier_map(
    heading: Heading, bodies: Sequence[str], titles: Sequence[Text], tier: Ints, areas: Mapping[str, list[Ring]]
) -> Chart:
    """Draw the bodies that have an area; `tier` (N,) is 0 where there is none."""
    there = [at for at, body in enumerate(bodies) if body in areas]
    project, high = _projection([point for at in there for ring in areas[bodies[at]] for point in ring])
    most = max((int(group) for group in tier), default=0)
    shapes, numbers = [], []
    for at in there:
        rings = [[project(point) for point in ring] for ring in areas[bodies[at]]]
        shapes.append(f'<path class="area {_shade(int(tier[at]), most)}" d="{"".join(map(_path, rings))}"/>')
        x, y = _middle(max(rings, key=_size))
        place = f'x="{100 * x / WIDTH:.2f}%" y="{100 * y / high:.2f}%"'
        numbers.append(f'<text class="num on-area" {place} text-anchor="middle">{whole(tier[at] or None)}</text>')
    body = f'<svg viewBox="0 0 {WIDTH} {high:.0f}" width="100%" height="100%">{"".join(shapes)}</svg>'
    key, lang = heading.key, heading.lang
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing map" width="{WIDTH}" height="{high:.0f}" '
        f'style="aspect-ratio:{WIDTH}/{high:.0f}" role="img" aria-labelledby="{key}-t-{lang} {key}-d-{lang}">'
        f"{names(heading)}{body}{''.join(numbers)}</svg>"
    )
    return Chart(heading, drawn, Table(COLUMNS, _legend(titles, tier)))


def _legend(titles: Sequence[Text], tier: Ints) -> list[tuple[Text, Text, str]]:
    """A row per tier with its bodies."""
    rows = []
    for group, size in sorted(Counter(int(group) for group in tier if group > 0).items()):
        members = [title for title, of in zip(titles, tier, strict=True) if of == group]
        listed = Text("、".join(one.zh for one in members), ", ".join(one.en or one.zh for one in members))
        rows.append((Text(f"第 {group} 组", f"Tier {group}"), listed, whole(size)))
    return rows


def _rings(feature: Mapping[str, Any]) -> Iterator[Ring]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(geometry, Mapping):
        return
    found = geometry.get("coordinates")
    polygons = [found] if kind == "Polygon" else found
    for polygon in polygons if isinstance(polygons, list) else ():
        for ring in polygon if isinstance(polygon, list) else ():
            yield [point for point in map(_point, ring if isinstance(ring, list) else ()) if point is not None]


def _point(given: object) -> tuple[float, float] | None:
    if not isinstance(given, list) or len(given) < 2:
        return None
    x, y = given[:2]
    numbers = isinstance(x, int | float) and isinstance(y, int | float)
    return (float(x), float(y)) if numbers and abs(x) <= _FURTHEST and abs(y) <= _FURTHEST else None


def _projection(points: Sequence[tuple[float, float]]) -> tuple[Any, float]:
    """From degrees to the drawing (equirectangular at the middle latitude), and the drawing's height."""
    if not points:
        return (lambda point: point), 120.0
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrower = max(math.cos(math.radians((south + north) / 2)), 0.05)
    wide, high = max((east - west) * narrower, 1e-9), max(north - south, 1e-9)
    unit = min((WIDTH - 8) / wide, _MOST_HIGH / high)
    left = (WIDTH - wide * unit) / 2

    def project(point: tuple[float, float]) -> tuple[float, float]:
        return left + (point[0] - west) * narrower * unit, 4 + (north - point[1]) * unit

    return project, high * unit + 8


def _path(ring: Ring) -> str:
    """A ring as a path, without the points that fall on the one before."""
    kept = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in ring))
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _size(ring: Ring) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _middle(ring: Ring) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _shade(tier: int, most: int) -> str:
    if tier <= 0:
        return "none"
    return f"s{min((tier - 1) * SHADES // max(most, 1), SHADES - 1)}"


COLUMNS = (
    Column(Text("组", "Tier")),
    Column(Text("单位", "Bodies")),
    Column(Text("个数", "How many"), True),
)
