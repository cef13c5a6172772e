"""The admin of this project, in place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class TrucelineAdminConfig(AdminConfig):
    default_site = "config.admin.TrucelineAdminSite"
