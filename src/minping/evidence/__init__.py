"""Evidence: in a folder of tables, out `Evidence` with every row checked; templates to fill in, workbooks marked."""

from minping.evidence.load import load_evidence

__all__ = ["load_evidence"]
