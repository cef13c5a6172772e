"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from timeline.urls import files

#: The icon's plain address: a browser keeps a permanent redirect longer than a hashed file lives.
ICON = f"{settings.STATIC_URL}img/mark.svg"

urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=ICON, permanent=True)),
    path("admin/", admin.site.urls),
    path("", include((files, "files"))),
    # English at the plain addresses, every other language below its code: /ar/timeline/.
    *i18n_patterns(path("", include("timeline.urls")), prefix_default_language=False),
]
