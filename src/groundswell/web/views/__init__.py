"""Pages of the app, a page a file; each ends in ROUTES."""
