"""Finding faces, keeping their identity, and measuring head pose."""
