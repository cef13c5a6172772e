"""People with the roles of the site, and a client logged in as each."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client


@pytest.fixture
def roles(db: None) -> None:
    """The groups of `ensure_roles`."""
    call_command("ensure_roles", verbosity=0)


def person(name: str) -> User:
    """Return a new user of the group of that name, with the name as password."""
    user = User.objects.create_user(name, password=name, is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def contributor(roles: None) -> User:
    return person("contributor")


@pytest.fixture
def editor(roles: None) -> User:
    return person("editor")


@pytest.fixture
def administrator(roles: None) -> User:
    return User.objects.create_superuser("administrator", password="administrator")


@pytest.fixture
def as_contributor(contributor: User) -> Client:
    return client_of(contributor)


@pytest.fixture
def as_editor(editor: User) -> Client:
    return client_of(editor)


@pytest.fixture
def as_administrator(administrator: User) -> Client:
    return client_of(administrator)
