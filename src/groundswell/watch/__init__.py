"""What a list of accounts pushes, now and at any past moment: panels whose every rank carries its denominator."""
