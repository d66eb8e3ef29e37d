"""Runs the same clip through ferqt and through other programs in turn: `-m benchmarks.peers`."""
