"""A simulated payment provider: the same wire format, a page of its own, no money."""
