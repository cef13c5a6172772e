import pytest
from django.core.exceptions import ValidationError

from tests.factories.talks import DelegationDecisionFactory, DelegationFactory, RoundFactory

pytestmark = pytest.mark.django_db


def test_decision_concerns_a_delegation_to_its_round() -> None:
    delegation = DelegationFactory.create()

    DelegationDecisionFactory.create(round=delegation.round, delegation=delegation).full_clean()


def test_decision_about_a_delegation_to_another_round_is_refused() -> None:
    decision = DelegationDecisionFactory.build(
        round=RoundFactory.create(), delegation=DelegationFactory.create()
    )

    with pytest.raises(ValidationError) as refused:
        decision.full_clean()

    assert refused.value.message_dict == {
        "delegation": ["That delegation is sent to another round."]
    }
