"""The pages in a browser: a thin face of the verbs. It reads what runs have stored and computes nothing."""
