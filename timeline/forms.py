"""What administrators fill in about the derived timeline."""

from typing import Any

from django import forms

from timeline.enums import Topic
from timeline.models import Entry, Label
from timeline.services.redactions import TOPICS


class RedactionForm(forms.Form):
    """Says of what older revisions shall say no more than the latest one does."""

    topic = forms.ChoiceField(
        label="What", choices=[(topic.value, topic.label) for topic in TOPICS]
    )
    name = forms.CharField(
        label="Which",
        max_length=80,
        help_text="The record's public id, or the thing's slug: the last part of its address. "
        "One that it had before will do.",
    )
    note = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For other administrators; readers are told only that something was taken out "
        "for somebody's safety. It is kept: do not write down what you take out.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "topic" in cleaned and "name" in cleaned:
            ref = self._ref(Topic(cleaned["topic"]), cleaned["name"])
            if ref is None:
                self.add_error("name", "No revision shows such a thing.")
            cleaned["ref"] = ref
        return cleaned

    def _ref(self, topic: Topic, name: str) -> int | None:
        if topic == Topic.RECORD:
            entry = Entry.objects.filter(public_id=name).order_by("-pk").first()
            return entry.record_id if entry else None
        label = Label.objects.filter(topic=topic, slug=name).order_by("-pk").first()
        return label.ref if label else None
