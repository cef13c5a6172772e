from django.apps import AppConfig


class CeasefireConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "ceasefire"
    verbose_name = "Truces and incidents"
