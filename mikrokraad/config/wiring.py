"""What happens after what: every reaction in the system, on one page."""


def wire() -> None:
    """Called once, when everything is loaded."""
