"""What is measured: indicators, targets, submissions, figures, totals."""
