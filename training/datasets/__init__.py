"""One importer per data set, all listed in the registry."""
