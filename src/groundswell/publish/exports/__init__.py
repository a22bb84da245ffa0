"""Formats in which a run leaves the house: one a file, each ending in `EXPORT`."""
