"""A county made by a seed, with its truth known: the example and the benchmark for citizens' evidence.

Real ratings never say how content those were who didn't rate, nor which ratings were made up. Here both are known.
"""
