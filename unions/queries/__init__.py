"""Reads of unions and people, each with a stated number of statements."""

from unions.queries.chart import Chart, Spot, Wanted, chart
from unions.queries.finding import (
    find_union,
    history_of,
    holders,
    in_vietnamese_order,
    node,
    tree,
)
from unions.queries.soundness import tree_faults

__all__ = [
    "Chart",
    "Spot",
    "Wanted",
    "chart",
    "find_union",
    "history_of",
    "holders",
    "in_vietnamese_order",
    "node",
    "tree",
    "tree_faults",
]
