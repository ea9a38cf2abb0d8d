"""A count over the term: a year shows everything since the term began (lũy kế)."""

from indicators.aggregation import Years
from indicators.kinds.count_per_year import CountPerYear


class CountOverTerm(CountPerYear):
    """The running total of a number over unions; each year asks for that year's part."""

    code = "count_over_term"
    label = "Số lượng lũy kế nhiệm kỳ"
    help = "Ghi số thực hiện riêng trong năm báo cáo; lũy kế cả nhiệm kỳ được cộng tự động."
    cumulative = True
    takes_years = frozenset({Years.SUM})
