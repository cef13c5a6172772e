"""What every name means, and the description of the files for programs."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from timeline.exports import codebook
from timeline.exports.openapi import openapi
from timeline.filters import TimelineFilter
from timeline.views.files import OF_PAGES, plainly
from timeline.views.frame import frame, opened, readable
from timeline.views.keys import key_of, unless_known


@readable
def codebook_page(request: HttpRequest) -> HttpResponse:
    with opened(request) as found:
        context = frame(found) | {"parts": codebook.parts(TimelineFilter.base_filters)}
        return render(request, "timeline/codebook.html", context)


@plainly
def codebook_csv(request: HttpRequest) -> HttpResponseBase:
    with opened(request):
        body = codebook.csv_of(TimelineFilter.base_filters)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = 'attachment; filename="truceline-codebook.csv"'
    return unless_known(request, response, key_of(body))


@plainly
def openapi_json(request: HttpRequest) -> HttpResponseBase:
    with opened(request):
        found = openapi(
            TimelineFilter.base_filters, site=request.build_absolute_uri("/"), refused=OF_PAGES
        )
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    return unless_known(request, response, key_of(response.content))
