"""Speed of the program's parts, and of other programs on the same clip; docs/peers.md explains."""
