"""Made-up worlds whose truth is known. Everything here is marked as made up."""
