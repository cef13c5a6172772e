"""Named releases: their list, a page each, and its manifest."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from timeline.exports.files import RELEASED
from timeline.exports.manifests import release_manifest
from timeline.models import Release
from timeline.queries import redactions
from timeline.queries.words import moment_in_words
from timeline.views.files import plainly
from timeline.views.frame import frame, opened, readable
from timeline.views.keys import key_of, unless_known


@dataclass(frozen=True)
class ReleasedFile:
    """One file of a release, with what proves a copy of it."""

    path: str
    label: str
    purpose: str
    size: int
    sha256: str


@readable
def release_list(request: HttpRequest) -> HttpResponse:
    with opened(request) as found:
        releases = Release.objects.select_related("revision").latest_first()
        context = frame(found) | {
            "releases": [(each, moment_in_words(each.created_at)) for each in releases]
        }
        return render(request, "timeline/release_list.html", context)


@readable
def release(request: HttpRequest, *, slug: str) -> HttpResponse:
    with opened(request) as found:
        shown = _release(slug)
        files = {file.path: file for file in RELEASED}
        context = frame(found) | {
            "release": shown,
            "when": moment_in_words(shown.created_at),
            "written": moment_in_words(shown.revision.created_at),
            "redactions": redactions.redactions(),
            "files": [
                ReleasedFile(
                    kept["path"],
                    str(files[kept["path"]].label),
                    str(files[kept["path"]].purpose),
                    kept["bytes"],
                    kept["sha256"],
                )
                for kept in shown.files or ()
                if kept["path"] in files
            ],
        }
        return render(request, "timeline/release_detail.html", context)


@plainly
def release_json(request: HttpRequest, *, slug: str) -> HttpResponseBase:
    with opened(request):
        found = release_manifest(_release(slug), redactions.redactions())
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    return unless_known(request, response, key_of(response.content))


def _release(slug: str) -> Release:
    found = Release.objects.select_related("revision").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
