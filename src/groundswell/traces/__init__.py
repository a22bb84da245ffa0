"""What was repeated. One kind of trace a file, each ending in one value: `TRACE`."""
