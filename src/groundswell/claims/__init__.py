"""Who said it first, who quoted whom, and how many independent sources that makes."""
