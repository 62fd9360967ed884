"""Debt: how much is owed, by whom it will be paid, and whether the law was kept."""
