"""Coverage: what no independent source can check."""
