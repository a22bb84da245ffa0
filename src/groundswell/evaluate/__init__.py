"""How often is it right? Scores on worlds whose truth is known."""
