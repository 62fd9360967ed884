"""What every part of a file of rules is made of: closed frozen records, names, texts in two languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from minping.words import Text


class Part(BaseModel):
    """A part of a scheme: frozen, and no key but the named ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


def _one_language(title: object) -> object:
    return {"zh": title} if isinstance(title, str) else title


def _to_text(value: object) -> object:
    """Numbers written without quotes (a year, a version) are meant as names."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


class Words(Part):
    """A text in two languages; a bare string is taken as Chinese."""

    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _some_words(self) -> Words:
        if not (self.zh or self.en):
            raise ValueError("needs words in zh or en")
        return self

    @property
    def text(self) -> Text:
        """As `Text`, to be said in either language."""
        return Text(self.zh or self.en, self.en or self.zh)


Title = Annotated[Words, BeforeValidator(_one_language, json_schema_input_type=str | Words)]
Written = BeforeValidator(_to_text, json_schema_input_type=str | int | float)
Name = Annotated[str, Written, Field(min_length=1, pattern=r"^[^\s,;:/\\\"'<>|*?]+$")]
Version = Annotated[str, Written, Field(min_length=1)]
