"""A run's pictures. The only user of matplotlib, which takes a third of a second to import:
import this package where pictures are drawn, never at the top of a module.
"""

from nncli.reporting.plots.classes import draw_classes
from nncli.reporting.plots.history import draw_history
from nncli.reporting.plots.mistakes import draw_mistakes
from nncli.reporting.plots.sizes import draw_sizes
from nncli.reporting.plots.together import draw_together
from nncli.reporting.plots.values import draw_values

__all__ = [
    "draw_classes",
    "draw_history",
    "draw_mistakes",
    "draw_sizes",
    "draw_together",
    "draw_values",
]
