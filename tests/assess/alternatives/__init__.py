"""The innocent explanations, each with the data that speak for it and against it."""
