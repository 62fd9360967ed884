"""Frozen records that the stages talk in; nothing here computes, reads or writes."""
