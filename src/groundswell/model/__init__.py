"""The records and table contracts that everything else speaks. Imports nothing of ours but the errors."""
