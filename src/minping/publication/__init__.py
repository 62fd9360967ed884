"""Publication: an evaluation in, a signed bundle of files out; and the check that a bundle is what it says."""

from minping.publication.bundle import publish

__all__ = ["publish"]
