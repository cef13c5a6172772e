"""Named releases: made by an administrator, frozen, and proved by hashes."""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from tests.factories.timeline import make_entry, make_revision
from tests.pages import errors_of
from tests.roles import client_of
from timeline import tasks
from timeline.exports.files import RELEASED
from timeline.models import Entry, Release
from timeline.services import releases

pytestmark = pytest.mark.django_db(transaction=True)


def body_of(path: str) -> bytes:
    response: Any = Client().get(path, headers={"host": "localhost"})
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def revisions() -> None:
    for number in (1, 2):
        make_revision(number)
    old = make_entry(1, title="Old")
    Entry.objects.filter(pk=old.pk).update(revision_to=2)
    make_entry(1, title="New", revision_from=2)


def test_administrator_makes_a_release(revisions: None, administrator: User) -> None:
    client = client_of(administrator)
    form = client.get("/admin/timeline/release/add/", headers={"host": "localhost"})
    asked = {"name": "First of 2017", "slug": "2017-1", "revision": "1", "note": "A note."}
    made = client.post("/admin/timeline/release/add/", asked, headers={"host": "localhost"})
    twice = client.post("/admin/timeline/release/add/", asked, headers={"host": "localhost"})
    before = body_of("/releases/2017-1/").decode()
    tasks.hash_releases()
    page = body_of("/releases/2017-1/").decode()
    manifest = json.loads(body_of("/releases/2017-1/manifest.json"))

    assert b'<option value="2" selected>' in form.content
    assert made.status_code == 302
    assert errors_of(twice) == ["Release with this Slug already exists."]
    assert "are being read and hashed" in before
    assert [file["path"] for file in manifest["files"]] == [file.path for file in RELEASED]
    for file in manifest["files"]:
        copy = body_of(f"/{file['path']}?as_of=1")
        assert file["sha256"] == hashlib.sha256(copy).hexdigest()
        assert file["bytes"] == len(copy)
        assert file["url"] == f"http://localhost/{file['path']}?as_of=1"
        assert file["sha256"] in page
        assert f'href="/{file["path"]}?as_of=1"' in page
    assert (manifest["revision"], manifest["lines"], manifest["redactions"]) == (1, 1, [])
    assert "A note." in page
    assert b"Old" in body_of("/timeline.csv?as_of=1")
    assert "First of 2017" in body_of("/releases/").decode()
    assert Client().get("/releases/nothing/").status_code == 404
    assert Client().get("/releases/nothing/manifest.json").status_code == 404
    assert (
        client.get(f"/admin/timeline/release/{Release.objects.get().pk}/delete/").status_code == 403
    )


def test_editor_makes_none(revisions: None, editor: User) -> None:
    assert client_of(editor).get("/admin/timeline/release/add/").status_code == 403


def test_command_makes_a_release(revisions: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_release", "Winter", site="https://truceline.example")
    with pytest.raises(CommandError, match="slug: "):
        call_command("make_release", "Winter", site="https://truceline.example")
    with pytest.raises(CommandError, match="no such revision"):
        call_command("make_release", "Later", site="https://truceline.example", revision=9)

    release = Release.objects.get()
    assert (release.slug, release.revision_id, release.lines) == ("winter", 2, 1)
    assert release.site == "https://truceline.example/"
    assert capsys.readouterr().out.splitlines() == [
        f"Release winter, revision 2: {len(RELEASED)} files hashed."
    ]


def test_release_is_hashed_once(revisions: None) -> None:
    call_command("make_release", "Winter", site="https://truceline.example", verbosity=0)
    release = Release.objects.get()

    releases.complete(release, lines=7, files={})
    release.refresh_from_db()

    assert release.lines == 1
    with pytest.raises(IntegrityError):
        Release.objects.update(lines=None)
