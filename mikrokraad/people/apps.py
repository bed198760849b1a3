from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mikrokraad.people"

    def ready(self) -> None:
        """From here on late letters with sign-in codes are tried again."""
        from mikrokraad.core import outbox
        from mikrokraad.people import code_letters

        outbox.deliver_with(code_letters.KIND, code_letters.deliver, forget=True)
