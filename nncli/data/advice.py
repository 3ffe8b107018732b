"""What the config can do about cells of the training table that can't be used."""

from __future__ import annotations

from nncli.data.choosing import Chosen
from nncli.data.naming import as_categories, in_yaml
from nncli.data.sources.table import CellError, MissingError, TextError
from nncli.errors import DataError


def with_way_out(error: CellError, chosen: Chosen) -> DataError:
    """Return an error of the same cells that names the keys of the config that help."""
    names = [chosen.names[position] for position in error.positions]
    is_weight = names == [chosen.weight]
    is_target = bool({*names} & {name for part in chosen.outputs for name in part})
    ways = [error.remedy] if error.remedy else []
    if is_weight:
        ways = ["write 1 for a row that counts as others do, 0 for one that doesn't count"]
    elif isinstance(error, MissingError):
        ways.append(
            "leave such rows out with data.target_missing: drop"
            if is_target
            else "say what they count as with data.missing: median (or mean, most_frequent, "
            "indicator; drop leaves such rows out)"
        )
    elif is_target and isinstance(error, TextError):
        ways.append("to predict classes say data.task: classes, or take a crossentropy loss")
    if isinstance(error, TextError) and not (is_target or is_weight):
        ways.append(f"take it for categories with data.columns: {as_categories(names[0])}")
    if not (is_target or is_weight):
        what = "column" if len(names) == 1 else "columns"
        ways.append(f"leave the {what} out with data.drop: {in_yaml(names)}")
    return DataError(f"{error.message}; {', or '.join(ways)}")
