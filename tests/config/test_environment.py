"""The servers that the tests run on are the real ones."""

import pytest
from django.db import connection
from django.test import Client


@pytest.mark.django_db
def test_database_is_postgresql_18() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        row = cursor.fetchone()

    assert int(row[0]) // 10_000 == 18


@pytest.mark.django_db
def test_login_page_answers(client: Client) -> None:
    assert client.get("/admin/login/").status_code == 200
