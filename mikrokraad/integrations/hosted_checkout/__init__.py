"""A payment provider with a hosted page and signed orders, as Montonio publishes it."""
