from django.apps import AppConfig


class SeatsConfig(AppConfig):
    name = "mikrokraad.seats"
