"""Texts that are nearly the same: which two, how nearly, and the template behind many."""
