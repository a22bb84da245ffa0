"""The study folder: raw bytes, Parquet segments, what people decide."""
