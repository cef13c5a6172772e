"""Possible duplicates: proposed by an import, decided by an editor."""

from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.backends.utils import CursorWrapper

from ceasefire.enums import ProposalState
from ceasefire.models import DuplicateProposal
from ceasefire.sql import sql
from sources import services as records
from sources.enums import Status
from sources.models import Citation, ExternalId, Record
from talks.enums import LinkKind
from talks.models import RecordLink


def propose(cursor: CursorWrapper, *, scheme: str, is_trial: bool) -> int:
    """Propose pairs among what the import under way has written; return how many.

    `is_trial`: only count those that would be proposed.
    """
    cursor.execute(sql("import_duplicates"), {"scheme": scheme})
    counted = "SELECT count(*) FROM likely_pair"
    cursor.execute(counted if is_trial else sql("import_proposals"))
    return int(cursor.fetchone()[0])


@transaction.atomic
def keep_apart(proposal: DuplicateProposal, *, by: User | None) -> None:
    """Decide that the two are two events: their link goes, and is never proposed again."""
    _decide(proposal, ProposalState.REJECTED, by=by)
    with pghistory.context(**_context(by)):
        _link(proposal).delete()


@transaction.atomic
def join(proposal: DuplicateProposal, *, by: User | None) -> None:
    """Decide that the two are one event: what was brought in joins what was there before.

    Its citations, with their figures, and its ids go over to the other record, so that nothing that
    it said is lost and the next import finds the other; then it is withdrawn. The parties that it
    names as involved go over too, where the other does not name them. Raises NotAllowed.
    """
    if not records.may_publish(by):
        raise records.NotAllowed("Only an editor can join two incidents.")
    _decide(proposal, ProposalState.CONFIRMED, by=by)
    incident, other = proposal.incident, proposal.other
    with pghistory.context(**_context(by)):
        Record.objects.filter(pk=incident.pk, status=Status.PUBLISHED).update(
            status=Status.WITHDRAWN
        )
        _link(proposal).delete()
        incident.attributions.update(incident=other)
        Citation.objects.filter(record=incident.pk).update(record=other.pk)
        ExternalId.objects.filter(record=incident.pk).update(record=other.pk)
        incident.parties.exclude(party__in=other.parties.values("party")).update(incident=other)
    records.check_rules()


def _decide(proposal: DuplicateProposal, state: ProposalState, *, by: User | None) -> None:
    stored = DuplicateProposal.objects.select_for_update().get(pk=proposal.pk)
    if stored.state != ProposalState.OPEN:
        raise records.NotPossible(f"This was decided already: {stored.get_state_display()}.")
    stored.state, stored.decided_by = state, by
    stored.save(update_fields=["state", "decided_by"])
    proposal.state = state


def _link(proposal: DuplicateProposal) -> Any:
    return RecordLink.objects.filter(
        from_record=proposal.incident_id,
        to_record=proposal.other_id,
        kind=LinkKind.POSSIBLE_DUPLICATE,
    )


def _context(by: User | None) -> dict[str, Any]:
    context: dict[str, Any] = {"reason": "possible duplicate decided"}
    return context | ({"user": by.pk} if by is not None else {})
