"""Threads, sessions and tasks between the engine and the window; QtCore only."""
