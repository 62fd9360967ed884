"""A table of evidence as a literal specification: its columns, how they are filled in and what they mean."""

from __future__ import annotations

from typing import Literal, NamedTuple

from minping.words import Text

Kind = Literal["id", "name", "number", "whole", "date", "period", "choice", "text"]


class Column(NamedTuple):
    """One column of a table."""

    name: str
    kind: Kind
    title: Text
    about: Text  #: printed beside the header of a template
    required: bool = False
    aliases: tuple[str, ...] = ()  #: other headers that mean this column
    choices: tuple[str, ...] = ()
    low: float | None = None  #: numbers below are impossible


class Table(NamedTuple):
    """One table: its columns in the order in which templates show them."""

    title: Text
    aliases: tuple[str, ...]  #: other names of a file or sheet that mean this table
    columns: tuple[Column, ...]
    is_long: bool = False  #: a cell may hold millions of characters

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """A column by name."""
        return next(column for column in self.columns if column.name == name)


BODY = Column(
    "body",
    "id",
    Text("单位", "body"),
    Text("单位代码，须列在“bodies”表中", "id of the body, as it stands in `bodies`"),
    True,
    ("单位代码", "单位编号", "单位id", "被考核单位", "地区", "地区代码", "省份", "行政区划代码", "body_id"),
)
