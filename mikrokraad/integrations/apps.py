from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "mikrokraad.integrations"

    def ready(self) -> None:
        """From here on letters of the outbox go out as e-mail."""
        from mikrokraad.core import outbox
        from mikrokraad.integrations.mail import letters

        outbox.deliver_with(letters.KIND, letters.deliver)
        outbox.deliver_with(letters.NOTICE, letters.deliver, forget=True)
