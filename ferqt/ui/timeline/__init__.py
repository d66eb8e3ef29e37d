"""The timeline of a stored session: strips, curves, markers and episodes along its time."""
