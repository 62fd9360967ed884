"""How often each test of the audit is wrong where nothing is wrong, and how often it sees an effect of a stated size.

    python -m benchmarks.error_rates [--page docs/explanation/detectors.md] [--only KEY ...] [--worlds N]

One file for each suspicion; one `Rate` for each test, in RATES by the key of `audit.suspicions.SUSPICIONS`.
"""
