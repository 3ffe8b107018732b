"""Keras's summary of a network: every layer, its output's shape, its parameters, and the totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from nncli.engine.layers.base import Layer
from nncli.engine.layers.input import Input
from nncli.engine.layers.shapes import batched
from nncli.engine.model import Model
from nncli.reporting.figures import memory

_CHAIN_WIDTHS = (31, 22, 13)
_GRAPH_WIDTHS = (19, 17, 10, 17)
"""Keras's widths for these columns; they grow with what must fit."""


def summary_text(model: Model) -> str:
    """Return the table as text, without a newline at the end; it needs 76 columns or so."""
    header = ["Layer (type)", "Output Shape", "Param #"]
    if _is_chain(model):
        rows = [_row(layer) for layer in model.layers if not isinstance(layer, Input)]
        table = _table(header, rows, _CHAIN_WIDTHS)
    else:
        links = _links(model)
        rows = [[*_row(node.layer), link] for node, link in zip(model.nodes, links, strict=True)]
        table = _table([*header, "Connected to"], rows, _GRAPH_WIDTHS)
    return "\n".join([*table, *_totals(model)])


def _is_chain(model: Model) -> bool:
    """Whether each layer reads just what the one above it writes."""
    return all(below.inputs == above.outputs for above, below in pairwise(model.nodes))


def _row(layer: Layer) -> list[str]:
    shapes = ", ".join(batched(shape) for shape in layer.output_shapes)
    shape = shapes if len(layer.output_shapes) == 1 else f"[{shapes}]"
    kind = "InputLayer" if isinstance(layer, Input) else layer.type
    return [f"{layer.name} ({kind})", shape, f"{layer.parameter_count:,}"]


def _links(model: Model) -> Iterator[str]:
    """Yield, for each layer, what it reads, a line each: `encoder[0][1]` is a second output.

    The first number is Keras's count of the layer's uses, of which there is one here.
    """
    written = {
        value: f"{node.layer.name}[0][{number}]"
        for node in model.nodes
        for number, value in enumerate(node.outputs)
    }
    for node in model.nodes:
        yield ",\n".join(written[value] for value in node.inputs) or "-"


def _table(header: list[str], rows: list[list[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a table with Keras's lines around its cells, which may have several."""
    columns = zip(*[header, *rows], strict=True)
    widths = [
        max(width, *(len(line) for cell in column for line in cell.split("\n")))
        for width, column in zip(widths, columns, strict=True)
    ]

    def line(left: str, fill: str, middle: str, right: str) -> str:
        return left + middle.join(fill * (width + 2) for width in widths) + right

    def cells(values: list[str], edge: str) -> str:
        texts = [
            f" {value:>{width}} " if header[number] == "Param #" else f" {value:<{width}} "
            for number, (value, width) in enumerate(zip(values, widths, strict=True))
        ]
        return edge + edge.join(texts) + edge

    yield line("┏", "━", "┳", "┓")
    yield cells(header, "┃")
    yield line("┡", "━", "╇", "┩")
    for number, row in enumerate(rows):
        if number:
            yield line("├", "─", "┼", "┤")
        for values in zip_longest(*(cell.split("\n") for cell in row), fillvalue=""):
            yield cells(list(values), "│")
    yield line("└", "─", "┴", "┘")


def _totals(model: Model) -> Iterator[str]:
    trainable, others = model.parameters.values.size, model.state.values.size
    for title, count in (
        ("Total params", trainable + others),
        ("Trainable params", trainable),
        ("Non-trainable params", others),
    ):
        yield f" {title}: {count:,} ({memory(count * model.dtype.itemsize)})"
