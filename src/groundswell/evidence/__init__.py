"""What was there: captures, their hashes, the linked log, and time stamps."""
