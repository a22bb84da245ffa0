"""Files people hold, as posts. One format a file; opening, counting and hashing are done once."""
