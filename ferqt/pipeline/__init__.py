"""One frame in, one result out; and the runner over every frame of a source."""
