"""One network per file, those of keras.applications in `transfer`; all listed in the registry."""
