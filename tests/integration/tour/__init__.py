"""A tour of the real window on a real session: one window for all of its steps."""
