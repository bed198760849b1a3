"""Finding programmes: words to tokens, the index over them, and who fits. See README."""
