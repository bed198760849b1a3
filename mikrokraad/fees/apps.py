from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "mikrokraad.fees"
