"""Live streams. What arrives is journalled, and a full journal is read like any other file."""
