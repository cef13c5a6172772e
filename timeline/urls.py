"""The addresses that readers use.

Pages have one address a language (config/urls.py), and what a page loads in its own words is one of
them. Files are the same in every language, and have one address: a codebook, a checksum or a script
must not depend on the language of whoever passed it on.
"""

from django.urls import path

from timeline.exports.files import FILES
from timeline.views import (
    differences,
    drawing,
    health,
    home,
    maps,
    records,
    reference,
    releases,
    timeline,
    truces,
)
from timeline.views import files as files_views

app_name = "timeline"

urlpatterns = [
    path("", home.home, name="home"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline/facets/", timeline.facet_page, name="facets"),
    path("timeline/drawing/", drawing.piece, name="drawing"),
    path("timeline/cards/<slug:key>/", drawing.card, name="card"),
    path("timeline.svg", drawing.svg, name="svg"),
    path("embed/timeline/", drawing.embed, name="embed"),
    path("timeline/map/", maps.incident_map, name="map"),
    path("truces/", records.truce_list, name="truces"),
    path("truces/<slug:key>/", truces.truce, name="truce"),
    path("rounds/", records.round_list, name="rounds"),
    path("rounds/<slug:key>/", records.talks_round, name="round"),
    path("incidents/<slug:key>/", records.incident, name="incident"),
    path("records/<slug:key>/", records.record, name="record"),
    path("parties/", records.party_list, name="parties"),
    path("parties/<slug:key>/", records.party, name="party"),
    path("people/<slug:key>/", records.person, name="person"),
    path("processes/<slug:key>/", records.process, name="process"),
    path("conflicts/<slug:key>/", records.conflict, name="conflict"),
    path("sources/", records.source_list, name="sources"),
    path("sources/<slug:key>/", records.source, name="source"),
    path("revisions/", home.revision_list, name="revisions"),
    path("revisions/<int:number>/", home.revision, name="revision"),
    path(
        "revisions/<int:first>..<int:last>/",
        differences.revision_difference,
        name="revision_difference",
    ),
    path("method/", home.method, name="method"),
    path("freshness/", health.freshness, name="freshness"),
    path("releases/", releases.release_list, name="releases"),
    path("releases/<slug:slug>/", releases.release, name="release"),
    path("codebook/", reference.codebook_page, name="codebook"),
]

#: Files, and what machines ask: `files:…`.
files = [
    *(path(file.path, files_views.view_of(file), name=file.name) for file in FILES),
    path("timeline/manifest.json", files_views.manifest, name="timeline_manifest"),
    path("releases/<slug:slug>/manifest.json", releases.release_json, name="release_json"),
    path("codebook.csv", reference.codebook_csv, name="codebook_csv"),
    path("openapi.json", reference.openapi_json, name="openapi"),
    path(
        "revisions/<int:first>..<int:last>/changes.csv",
        differences.revision_difference_csv,
        name="revision_difference_csv",
    ),
    path("truces/<slug:key>/days.csv", truces.truce_days, name="truce_days"),
    path("truces/<slug:key>/judged.csv", truces.truce_judged, name="truce_judged"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
