"""What gunicorn serves."""

import gc
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()


def warm_up() -> None:
    """Do beforehand what the first readers of a new process would wait for.

    All addresses, words and templates are read. They stay as long as the process does, so nobody
    looks among them for garbage, which took a tenth of a second each time.
    """
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            reverse("timeline:home")
    folder = Path(settings.BASE_DIR, "templates")
    for path in folder.rglob("*.html"):
        get_template(str(path.relative_to(folder)))
    gc.collect()
    gc.freeze()


warm_up()
