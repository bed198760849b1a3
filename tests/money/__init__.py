"""Money with the simulated bank and card provider: rooms above `fees` take part."""
