"""The page on which recorded material is analyzed: the queue, and the library of sessions."""
