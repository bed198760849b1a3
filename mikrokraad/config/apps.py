from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mikrokraad.config"

    def ready(self) -> None:
        from mikrokraad.config.wiring import wire

        wire()
