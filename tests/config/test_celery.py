"""The connection to the broker."""

from unittest.mock import Mock

import pytest
from kombu.exceptions import OperationalError

from config.celery import RestlessConnection


@pytest.fixture
def connection() -> RestlessConnection:
    """A connection to a broker that answers, as far as opening it goes."""
    return RestlessConnection("memory://")


def test_a_message_is_sent_again_after_the_broker_was_lost(
    connection: RestlessConnection,
) -> None:
    """Or beat would send no sweep any more, and a save would end in a server error."""
    lost = connection.recoverable_connection_errors[0]
    send = Mock(side_effect=[lost("lost"), "sent"], __name__="send")

    assert connection.ensure(Mock(), send, max_retries=1)() == "sent"


def test_a_broker_that_stays_lost_is_said_to_be(connection: RestlessConnection) -> None:
    lost = connection.recoverable_connection_errors[0]
    send = Mock(side_effect=lost("lost"), __name__="send")

    with pytest.raises(OperationalError):
        connection.ensure(Mock(), send, max_retries=1)()
