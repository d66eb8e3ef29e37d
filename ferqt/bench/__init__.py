"""Measures what this computer can do with ferqt: the work of `ferqt bench`, without Qt."""
