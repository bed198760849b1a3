from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "mikrokraad.admissions"
