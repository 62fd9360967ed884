"""Benchmarks: how fast Minping is beside other tools, on this machine, in one run.

    make bench                      all of it
    python -m benchmarks --quick    small sizes, to see that it works

CPU seconds of whole processes or of calls, medians, ratios. A figure counts only if the answer is right.
"""
