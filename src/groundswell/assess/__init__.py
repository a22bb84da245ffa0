"""How much of it is it, and what else could explain it? Sentences with denominators."""
