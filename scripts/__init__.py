"""Tools of the project: they are run from a checkout and are no part of the program."""
