"""What a config may hold: its keys, over the dataclasses of the packages that they configure.

Layers, losses and their kin are validated by pydantic, of which the engine knows nothing: a hook on
their base class turns each family into a union, told apart by `type`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, field, fields
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from pydantic import Discriminator, Field, GetCoreSchemaHandler, Tag, TypeAdapter
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from nncli.data.section import DataSection
from nncli.engine.component import Component
from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.optimizers import Optimizer
from nncli.training.cadence import Cadence
from nncli.training.callbacks import Callback


def _form(value: Any) -> str:
    """Say whether a value is meant for all outputs, or is a map from their names."""
    return "each" if isinstance(value, dict) and "type" not in value else "one"


@dataclass(kw_only=True)
class Config:
    """A whole config, checked."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    name: str | None = None
    """What the run's folder is called; by default the config file's name."""
    seed: Annotated[int, Field(ge=0)] | None = None
    """Decides every random number; by default drawn, printed and recorded."""
    dtype: Literal["float32", "float64"] = "float32"
    """The precision of the network."""
    replicas: Annotated[int, Field(ge=1, le=64)] | None = None
    """How many copies of the network share each batch; by default what a step's work is worth.
    The numbers depend on it, in their last digits; how many threads the copies run in is nothing
    but a matter of time."""
    data: DataSection | None = None
    """The table to learn from; only a summary does without."""
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    """The network, in order."""
    loss: Annotated[
        Annotated[Loss, Tag("one")] | Annotated[dict[str, Loss], Tag("each")],
        Discriminator(_form),
    ]
    """What training makes small. A network of several outputs may have a map from their names,
    those of the layers that nobody reads; so may `metrics`."""
    loss_weights: dict[str, Annotated[float, Field(ge=0)]] | None = None
    """What the loss of each of several outputs is multiplied by, by their names; 1 unless given."""
    optimizer: Optimizer
    """How training changes the weights."""
    metrics: Annotated[
        Annotated[tuple[Metric, ...], Tag("one")]
        | Annotated[dict[str, tuple[Metric, ...]], Tag("each")],
        Discriminator(_form),
    ] = ()
    """What is reported beside the loss."""
    epochs: Annotated[int, Field(ge=1)]
    """How often training goes through all rows."""
    batch_size: Annotated[int, Field(ge=1)] = 32
    """How many rows each step learns from."""
    shuffle: bool = True
    """Whether the training rows are put in a new order for each epoch."""
    class_weight: dict[str, Annotated[float, Field(ge=0)]] | None = None
    """How much the rows of a class count in the training loss, by its label; 1 unless given."""
    initial_weights: str | None = None
    """A safetensors file of weights to start from, relative to the config file; see
    [weights.md](weights.md)."""
    callbacks: tuple[Callback, ...] = ()
    """What looks on after each epoch, and may step in."""
    checkpoint: Cadence = field(default_factory=Cadence)
    """How often the state is kept from which `train --resume` goes on."""


class Validator:
    """Checks a config, and parts of it.

    Only the members that the config names are built into the schema: all of them would take longer
    than a small training run. Values pass as JSON, in which strictness lets lists become tuples.
    """

    def __init__(self, plain: dict[str, Any]) -> None:
        self._names = frozenset(_texts(plain))
        self._adapters: dict[str, TypeAdapter[Any]] = {}

    def config(self, plain: dict[str, Any]) -> Config:
        """Return the checked config.

        Raises:
            pydantic.ValidationError: with all that is wrong; see nncli.config.messages.
        """
        config: Config = self._check("", Config, plain)
        return config

    def part(self, key: str, value: Any) -> Any:
        """Return the checked value of one of the config's keys.

        Raises:
            pydantic.ValidationError: with all that is wrong with it.
        """
        return self._check(key, get_type_hints(Config, include_extras=True)[key], value)

    def _check(self, key: str, kind: Any, plain: Any) -> Any:
        if key not in self._adapters:
            token = _named.set(self._names)
            try:
                self._adapters[key] = TypeAdapter(kind)
            finally:
                _named.reset(token)
        return self._adapters[key].validate_json(json.dumps(plain), strict=True)


def validate(plain: dict[str, Any]) -> Config:
    """Return the checked config.

    Raises:
        pydantic.ValidationError: with all that is wrong; see nncli.config.messages.
    """
    return Validator(plain).config(plain)


UNKNOWN_MEMBER = "unknown_member"
"""The type of pydantic error for what names no member of a family (its context has the family)."""

_SHORT_FORM = ""
_named: ContextVar[frozenset[str]] = ContextVar("named")


def _union_of_family(
    cls: type[Component], source: type[Component], handler: GetCoreSchemaHandler
) -> CoreSchema:
    """Answer pydantic's question for the schema of a component class: of a family, its members'."""
    if Component not in cls.__bases__:
        return handler(source)
    members = {name: cls.members[name] for name in sorted(_named.get() & cls.members.keys())}

    def choice(value: Any) -> str | None:
        if isinstance(value, str):
            return _SHORT_FORM if value in members else None
        name = value.get("type") if isinstance(value, dict) else None
        return name if isinstance(name, str) and name in members else None

    return core_schema.tagged_union_schema(
        {name: handler.generate_schema(member) for name, member in members.items()}
        | {_SHORT_FORM: core_schema.no_info_plain_validator_function(_from_short_form(cls))},
        discriminator=choice,
        custom_error_type=UNKNOWN_MEMBER,
        custom_error_message="not a member",
        custom_error_context={"family": cls.__name__},
    )


def _from_short_form(family: type[Component]) -> Any:
    """Return the validator for a bare name, which stands for `{type: name}`."""

    def build(name: str) -> Component:
        member = family.members[name]
        needed = [
            field.name
            for field in fields(member)
            if field.default is MISSING and field.default_factory is MISSING
        ]
        if needed:
            form = ", ".join(f"{key}: ..." for key in needed)
            message = f"{name} needs more than its name; write {{type: {name}, {form}}}"
            raise PydanticCustomError("short_form", "{message}", {"message": message})
        return member()

    return build


for _section in (Component, DataSection, Cadence):
    # Descriptions are for documents; to read them from the sources takes as long as all the rest.
    _section.__pydantic_config__["use_attribute_docstrings"] = False
Component.__get_pydantic_core_schema__ = classmethod(_union_of_family)  # type: ignore[attr-defined]


def _texts(value: Any) -> Iterator[str]:
    """Yield every text among the values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
