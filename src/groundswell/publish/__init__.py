"""What leaves the house: the report, the tables, the graphs. Redaction comes first."""
