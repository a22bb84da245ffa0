"""Panels, a question a file, each ending in PANEL."""
