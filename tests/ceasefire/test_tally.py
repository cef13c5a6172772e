import pytest
from django.core.exceptions import ValidationError

from tests.factories.ceasefire import TallyFactory, TruceFactory
from tests.factories.talks import ConflictFactory

pytestmark = pytest.mark.django_db


def test_tally_may_name_a_truce_of_its_conflict() -> None:
    truce = TruceFactory.create()

    TallyFactory.create(truce=truce, conflict=truce.conflict).full_clean()


def test_tally_of_another_conflicts_truce_is_refused() -> None:
    truce = TruceFactory.create()
    tally = TallyFactory.create(conflict=ConflictFactory.create())
    tally.truce = truce

    with pytest.raises(ValidationError) as refused:
        tally.full_clean()

    assert refused.value.message_dict == {"truce": ["The truce belongs to another conflict."]}
