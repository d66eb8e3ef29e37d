"""Files for other programs, each written at once from a stored session."""
