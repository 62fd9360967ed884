"""Whether figures can be what they are said to be."""
