"""Where visitors come from: counts of links with campaign parameters, and nothing more."""
