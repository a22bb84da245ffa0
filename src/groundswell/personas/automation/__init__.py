"""Signs that software may post for an account, each by itself. Never a score of a person, never an input to groups."""
