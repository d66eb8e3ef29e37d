"""Real faces and real clips that the tests are made of."""
