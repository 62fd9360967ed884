"""The parts of report.html: an evaluation in, finished pieces of markup in both languages out."""
