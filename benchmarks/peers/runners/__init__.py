"""One small program for each peer, run by the Python of its own environment.

Nothing here may need ferqt but the runners of ferqt itself.
"""
