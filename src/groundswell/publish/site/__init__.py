"""The site of a run: a page a question, each with an address that stays. The web app shows the same pages."""
