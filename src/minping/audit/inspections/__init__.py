"""Inspections that are drawn so that what they find tells of all claims of a period."""
