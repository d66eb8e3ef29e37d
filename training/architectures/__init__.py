"""One network per file, all listed in the registry."""
