"""Watch: lists and panels."""
