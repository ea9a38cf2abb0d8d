"""Reads of unions and people, each with a stated number of statements."""

from unions.queries.chart import Chart, Spot, Wanted, chart
from unions.queries.event_soundness import event_faults
from unions.queries.finding import (
    begun,
    find_union,
    history_of,
    holders,
    in_vietnamese_order,
    journal_of,
    node,
    point,
    tree,
)
from unions.queries.life import Life, Named, life
from unions.queries.soundness import tree_faults, tree_remarks

__all__ = [
    "Chart",
    "Life",
    "Named",
    "Spot",
    "Wanted",
    "begun",
    "chart",
    "event_faults",
    "find_union",
    "history_of",
    "holders",
    "in_vietnamese_order",
    "journal_of",
    "life",
    "node",
    "point",
    "tree",
    "tree_faults",
    "tree_remarks",
]
