"""A worksheet for people who ask who is behind it: hypotheses first, evidence weighed, the actor left to them."""
