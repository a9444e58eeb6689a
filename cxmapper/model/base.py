"""What every element has in common: frozen, with an id, keeping fields it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from cxmapper.model.fields import (
    AsSet,
    CardPlace,
    Id,
    Line,
    Lines,
    Place,
    Refers,
    Strength,
    freeze,
    thaw,
)


class Part(BaseModel):
    """A frozen group of fields inside an element; unknown fields are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, defer_build=True)

    def model_post_init(self, _context: Any, /) -> None:
        """Freeze the unknown fields too, which pydantic keeps as they came."""
        extra = self.__pydantic_extra__
        if extra:
            for name, value in extra.items():
                extra[name] = freeze(value)

    def raw(self) -> dict[str, Any]:
        """The part as plain JSON values: defaults and empty things left out."""
        result: dict[str, Any] = {}
        names, defaults = _written(type(self))
        values = self.__dict__
        for name in self.model_fields_set:
            value = values.get(name)
            if value is None or value == () or value == "":
                continue
            if name in defaults and value == defaults[name] and type(value) is type(defaults[name]):
                continue
            plain = _raw(value)
            if plain != {}:
                result[names[name]] = plain
        for name, value in (self.__pydantic_extra__ or {}).items():
            result[name] = thaw(value)
        return result


# Asked first, by exact type: nearly all values are one of these, and a whole map is written at a time.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def _raw(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [v if type(v) in _PLAIN else _raw(v) for v in value]
    if isinstance(value, Part):
        return value.raw()
    if isinstance(value, Mapping):
        return {k: _raw(v) for k, v in value.items()}
    return value


@cache
def _written(cls: type[BaseModel]) -> tuple[dict[str, str], dict[str, Any]]:
    """The names of the fields in the file, and the defaults that need not be written."""
    names = {name: info.alias or name for name, info in cls.model_fields.items()}
    defaults = {
        name: info.get_default(call_default_factory=True, validated_data={})
        for name, info in cls.model_fields.items()
        if name != "kind" and not info.is_required()
    }
    return names, defaults


class Element(Part):
    """One element of a map.

    `kind` is its class. An element is never changed; `edited` makes another one, validated.
    """

    id: Annotated[Id, Field(exclude=True)]
    kind: str

    caption_field: ClassVar[str] = ""

    def raw(self) -> dict[str, Any]:
        """The element as plain JSON values, without its id, as it stands in the file."""
        result = super().raw()
        del result["id"]
        result["kind"] = self.kind
        return result

    def edited(self, **fields: Any) -> Self:
        """Another element with these fields in place of its own; unknown fields stay.

        Raises pydantic.ValidationError where a value does not fit.
        """
        return type(self).model_validate({**self._given(), **fields})

    def _given(self) -> dict[str, Any]:
        values = self.__dict__
        given = {name: values[name] for name in self.model_fields_set if name in values}
        return {**given, **(self.__pydantic_extra__ or {})}

    @property
    def caption(self) -> str:
        """What to call it in a sentence: its title, name or the first words of its text."""
        text = getattr(self, self.caption_field, "") if self.caption_field else ""
        return " ".join(str(text).split())[:80]


class KnownElement(Element):
    """What every kind that this version knows may carry besides its own fields."""

    tags: Lines = ()
    urls: Lines = ()
    owner: Line = ""
    source: Line = ""


@cache
def reference_fields(cls: type[Element]) -> tuple[tuple[str, Refers], ...]:
    """The fields of `cls` that refer to other elements, but for `place`."""
    found = []
    for name, info in cls.model_fields.items():
        found += [(name, mark) for mark in info.metadata if isinstance(mark, Refers)]
    return tuple(found)


@cache
def set_fields(cls: type[Element]) -> frozenset[str]:
    """The fields of `cls` that are sets, which merge member by member."""
    return frozenset(
        name for name, info in cls.model_fields.items() if any(isinstance(m, AsSet) for m in info.metadata)
    )


def references(element: Element) -> Iterator[tuple[str, str, Refers]]:
    """Every reference of an element as (field, id of the target, what it means)."""
    place = getattr(element, "place", None)
    if isinstance(place, CardPlace):
        yield "place", place.lane, _OWNED
        yield "place", place.column, _OWNED
        if place.until:
            yield "place", place.until, _LOOSE
    elif isinstance(place, Place) and place.parent is not None:
        yield "place", place.parent, _OWNED
    for name, mark in reference_fields(type(element)):
        value = getattr(element, name)
        for target in _members(value):
            yield name, target, mark


def _members(value: str | Mapping[str, str] | Iterable[str] | None) -> Iterable[str]:
    """The ids in a field that refers: one, a set of them, or what names stand for."""
    if not value:
        return ()
    if isinstance(value, str):
        return (value,)
    return value.values() if isinstance(value, Mapping) else value


_OWNED = Refers(Strength.OWNED)
_LOOSE = Refers(Strength.LOOSE)
