from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mikrokraad.demo"

    def ready(self) -> None:
        """From here on the demonstration's clock says what time it is."""
        from mikrokraad.core import clock, outbox
        from mikrokraad.demo import clockwork
        from mikrokraad.demo.card import orders

        clock.move_with(clockwork.offset)
        outbox.deliver_with(orders.NOTICE, orders.tell)
