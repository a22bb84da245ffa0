"""Who runs the SQL. Only this package knows which engine it is."""
