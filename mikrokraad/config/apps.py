from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mikrokraad.config"

    def ready(self) -> None:
        """Wire the rooms; a theme that is not there stops the start."""
        from mikrokraad.config.wiring import wire
        from mikrokraad.core import stylesheet

        wire()
        stylesheet.theme()
