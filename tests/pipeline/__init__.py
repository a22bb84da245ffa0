"""Verbs as functions."""
