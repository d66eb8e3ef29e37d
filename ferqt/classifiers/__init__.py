"""Model cards, preprocessing and the runtimes that turn face crops into probabilities."""
