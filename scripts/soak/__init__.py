"""Long runs of the real program: does anything grow, break or get lost? See `make soak`."""
