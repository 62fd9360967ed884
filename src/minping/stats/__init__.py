"""Statistics: arrays in, arrays out; no word of the domain, everything checkable against a second implementation."""
