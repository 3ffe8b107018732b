"""The columns that a config trains on, looked at in the rows that were read for it."""

from __future__ import annotations

import numpy as np

from nncli.data.inspection.contents import Content, Inspected
from nncli.data.preparation import TrainingTable
from nncli.data.sources.cells import numbers
from nncli.data.sources.table import Column
from nncli.data.texts import Texts


def inspect_training(table: TrainingTable) -> Inspected:
    """Return what the columns hold that training reads, in all rows that it doesn't leave out.

    Args:
        table: Read, and not yet turned into the network's arrays, which takes its memory.
    """
    order = np.argsort(np.concatenate([*table.parts.values()]))
    columns: dict[Column, Content] = {}
    for place, part in enumerate(table.preprocessing.parts):
        blocks = [table.blocks[split][place] for split in table.parts]
        rows = np.concatenate([block.numbers for block in blocks])[order]
        for name, values in zip(part.wanted.numbers, rows.T, strict=True):
            columns[name] = Content(name=name, values=values.astype(np.float64))
        for name, texts in zip(
            part.wanted.texts, zip(*(block.texts for block in blocks), strict=True), strict=True
        ):
            codes = np.concatenate([piece.codes for piece in texts])[order]
            columns[name] = _content(name, Texts(codes, texts[0].distinct))
    return Inspected(label=str(table.path), rows=len(order), columns=columns)


def _content(name: Column, texts: Texts) -> Content:
    """Return a column that was read as text: as numbers where every cell is one."""
    try:
        worth = numbers(texts.distinct)
    except ValueError:
        return Content(name=name, texts=texts)
    return Content(name=name, values=worth[texts.codes])
