from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mikrokraad.demo"

    def ready(self) -> None:
        """From here on the demonstration's clock says what time it is."""
        from mikrokraad.core import clock
        from mikrokraad.demo import clockwork

        clock.move_with(clockwork.offset)
