"""`mikrokraad serve`: what it says when it cannot."""

import socket

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings


def test_a_port_that_is_taken_is_never_shared(settings: Settings) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings.HOST, settings.PORT = other.getsockname()

        with pytest.raises(CommandError, match="Stop what runs there"):
            call_command("serve")
