"""Innocent explanations, one a file, each ending in one value: `ALTERNATIVE`. Each is weighed for each group."""
