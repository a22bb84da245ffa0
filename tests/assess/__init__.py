"""assess: what may be said, and that nothing else is."""
