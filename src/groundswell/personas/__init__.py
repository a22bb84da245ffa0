"""Is this account who it says it is? Names, pictures, profiles and their history; never a score of a person."""
