"""Evidence: in a folder of tables, out `Evidence` with every row checked; templates to fill in, workbooks marked."""

from minping.evidence.annotation import annotate
from minping.evidence.load import load_evidence
from minping.evidence.template import write_template

__all__ = ["annotate", "load_evidence", "write_template"]
