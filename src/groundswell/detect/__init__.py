"""Who acts together beyond chance? One question a file; the pair kernel is `pairs`, the decision is `groups`."""
