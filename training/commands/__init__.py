"""One command per file; `training/__main__.py` lists them."""
