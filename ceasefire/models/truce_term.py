"""Terms: what a truce prohibits, permits and obliges to."""

from django.db import models

from ceasefire.enums import Act, TermRule
from ceasefire.models.truce import Truce
from sources.fields import choice_check
from sources.triggers import keep_history, queue_changes


@keep_history
class TruceTerm(models.Model):
    """One rule of a truce about one act, with all that falls under it.

    Backed by the truce's citations that name `terms`.
    """

    truce = models.ForeignKey(Truce, models.CASCADE, related_name="terms")
    rule = models.CharField(
        max_length=12, choices=TermRule, help_text="What the term does with the act."
    )
    act = models.CharField(
        max_length=20,
        choices=Act,
        help_text="The act, with all that falls under it: “hostilities” is any use of force.",
    )
    wording = models.CharField(
        max_length=300, blank=True, help_text="The term in a few words of the text, if they matter."
    )

    class Meta:
        triggers = queue_changes("record", "truce_id")
        constraints = (
            choice_check("rule", TermRule),
            choice_check("act", Act),
            models.UniqueConstraint(
                fields=["truce", "rule", "act"],
                name="%(app_label)s_%(class)s_given_once",
                violation_error_message="The truce already has this term.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.get_act_display()}"
