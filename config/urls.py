"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

#: The icon's plain address: a browser keeps a permanent redirect longer than a hashed file lives.
ICON = f"{settings.STATIC_URL}img/mark.svg"

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=ICON, permanent=True)),
    path("admin/", admin.site.urls),
    path("", include("timeline.urls")),
]
