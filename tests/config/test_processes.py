"""The fixtures that run real programs do so."""

import time
import urllib.request

import pytest
import redis
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from config.celery import app
from tests.processes import CeleryWorker


def test_worker_takes_a_message_from_the_broker(
    celery_worker: CeleryWorker, broker: redis.Redis
) -> None:
    app.send_task("celery.chord_unlock_is_not_ours")

    deadline = time.monotonic() + 10
    while "chord_unlock_is_not_ours" not in celery_worker.log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_site_is_a_real_server(site: str) -> None:
    with urllib.request.urlopen(f"{site}/admin/login/", timeout=10) as answer:
        assert answer.headers["Server"] == "gunicorn"


@pytest.mark.browser
def test_browser_shows_the_login_page(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/admin/login/")

    assert page.title() == "Log in | Truceline"
