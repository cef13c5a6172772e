"""Imports: a file is taken, checked by a worker, and written if an editor says so."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from ceasefire import tasks
from ceasefire.enums import ImportScope, ImportState, RowOutcome
from ceasefire.models import DuplicateProposal, ImportRun
from ceasefire.models.import_run import AT_WORK, QUEUED
from ceasefire.services import imports
from ceasefire.services.imports import duplicates
from sources import services as records
from sources.admin import ReadOnlyAdmin, UntrackedAdmin
from sources.admin.forms import CuratedForm
from sources.admin.records import user_of
from sources.enums import Status

#: So many rows of the report stand on the page; the rejected rows are all in their file.
SHOWN = 200

COUNTS = (
    ("rows", "rows in the file"),
    ("created", "new records"),
    ("updated", "records changed"),
    ("unchanged", "unchanged"),
    ("conflicts", "edited here since, and kept"),
    ("withdrawn", "withdrawn upstream, and kept"),
    ("refused", "rows at fault"),
    ("remarks", "remarks"),
    ("possible_duplicates", "possible duplicates proposed"),
)


class UploadForm(CuratedForm):
    """A file with the choices that come before its check."""

    file = forms.FileField(
        help_text="CSV, plain or compressed with gz or xz, of at most "
        f"{imports.LARGEST_UPLOAD // 2**20} MB. It is checked first: nothing is written before "
        "you have seen what it holds."
    )

    class Meta:
        model = ImportRun
        fields = ("format", "conflict", "dataset_version", "status", "is_strict", "encoding")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses = (Status.DRAFT, Status.PUBLISHED)
        self.fields["status"].choices = [  # type: ignore[attr-defined]  # a choice field
            (status.value, status.label) for status in statuses
        ]

    def clean_file(self) -> Any:
        """Refuse a file too large to be kept until a worker reads it."""
        file = self.cleaned_data["file"]
        if file.size > imports.LARGEST_UPLOAD:
            raise ValidationError(
                f"This has {file.size / 2**20:,.0f} MB; at most "
                f"{imports.LARGEST_UPLOAD // 2**20} MB can be uploaded. Compress it."
            )
        return file


@admin.register(ImportRun)
class ImportRunAdmin(UntrackedAdmin):
    """Each import with its report; adding one is uploading a file."""

    form = UploadForm
    list_display = ("file_name", "format", "state", "created_at", "by")
    list_filter = ("state", "format")
    list_select_related = ("by",)
    search_fields = ("file_name", "sha256")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("file", "format", "status")}),
        (
            "What the file does not say",
            {"fields": ("conflict", "dataset_version", "is_strict", "encoding")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/progress.json", view(self.progress), name="ceasefire_importrun_progress"
            ),
            path("<int:pk>/rejected.csv", view(self.rejected), name="ceasefire_importrun_rejected"),
            path("<int:pk>/decide/", view(self.decide), name="ceasefire_importrun_decide"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Take the file, and wake a worker to check it."""
        file = form.cleaned_data["file"]
        obj.file_name = str(file.name)[:200]
        try:
            imports.take(obj, file, by=user_of(request), keeps_file=True)
        except records.NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        tasks.wake(obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(self.address_of_change(obj.pk))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show how far the import is, and what was found."""
        run = self.get_object(request, object_id)
        if run is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]  # Django's own
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        assert isinstance(run, ImportRun)
        findings = run.rows.refused().in_order()
        others = run.rows.exclude(outcome=RowOutcome.REFUSED).with_findings().in_order()
        context = {
            **self.admin_site.each_context(request),
            "title": str(run),
            "opts": self.opts,
            "run": run,
            "is_moving": run.state in (*QUEUED, *AT_WORK),
            "counts": [(words, run.counts[key]) for key, words in COUNTS if key in run.counts],
            "refused": findings[:SHOWN],
            "more_refused": max(findings.count() - SHOWN, 0),
            "others": others.select_related("record")[:SHOWN],
            "more_others": max(others.count() - SHOWN, 0),
            "withdrawn": run.rows.filter(outcome=RowOutcome.WITHDRAWN).select_related("record")[
                :SHOWN
            ],
            "choices": self._choices(request, run),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/import_run.html", context)

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return how far the import is, for the page's own script."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        return JsonResponse(
            {
                "state": run.state,
                "words": run.get_state_display(),
                "step": run.step,
                "done": run.done_steps,
                "all": run.all_steps,
                "is_moving": run.state in (*QUEUED, *AT_WORK),
            }
        )

    def rejected(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """Return the rows at fault as CSV, with the reasons in the last column."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        return StreamingHttpResponse(
            imports.rejected_csv(run),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="rejected-{run.pk}.csv"'},
        )

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the editor chose after the check."""
        return require_POST(self._decide)(request, pk)

    @staticmethod
    def _scopes(run: ImportRun) -> list[ImportScope]:
        if not run.counts.get("refused"):
            return [ImportScope.ALL_OR_NOTHING]
        return [ImportScope.GOOD_ROWS]

    def _choices(self, request: HttpRequest, run: ImportRun) -> list[tuple[str, str]]:
        """Return what the person can choose now: values and words of the buttons."""
        if not self.has_add_permission(request) or not hasattr(run, "file"):
            return []
        if run.state == ImportState.INTERRUPTED:
            return [("again", "Check the file again")]
        if run.state != ImportState.CHECKED:
            return []
        words = {
            ImportScope.ALL_OR_NOTHING: "Write all rows",
            ImportScope.GOOD_ROWS: "Write the good rows only",
        }
        return [(scope.value, words[scope]) for scope in self._scopes(run)]

    def _decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = get_object_or_404(ImportRun, pk=pk)
        choice = request.POST.get("choice", "")
        if choice not in dict(self._choices(request, run)):
            raise PermissionDenied
        try:
            if choice == "again":
                imports.begin_again(run)
            else:
                if run.status == Status.PUBLISHED and not records.may_publish(user_of(request)):
                    raise PermissionDenied
                imports.confirm(run, ImportScope(choice))
        except records.RecordError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            tasks.wake(run)
        return HttpResponseRedirect(self.address_of_change(run.pk))


@admin.register(DuplicateProposal)
class DuplicateProposalAdmin(ReadOnlyAdmin):
    """Pairs of incidents that an import takes to be one, for an editor to decide."""

    list_display = ("brought_in", "there_before", "reasons", "state")
    list_display_links = None
    list_filter = ("state",)
    list_select_related = ("incident", "other")
    search_fields = ("incident__title", "other__title", "reasons")
    ordering = ("state", "pk")
    actions = ("join_selected", "keep_selected_apart")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return records.may_publish(user_of(request))

    @admin.action(
        description="One event: the citations and ids of what was brought in join what was there",
        permissions=["publish"],
    )
    def join_selected(self, request: HttpRequest, queryset: Any) -> None:
        self._decide(request, queryset, duplicates.join, "joined")

    @admin.action(description="Two events: keep them apart", permissions=["publish"])
    def keep_selected_apart(self, request: HttpRequest, queryset: Any) -> None:
        self._decide(request, queryset, duplicates.keep_apart, "kept apart")

    @admin.display(description="brought in", ordering="incident__title")
    def brought_in(self, proposal: DuplicateProposal) -> SafeString:
        return self._link(proposal.incident)

    @admin.display(description="there before", ordering="other__title")
    def there_before(self, proposal: DuplicateProposal) -> SafeString:
        return self._link(proposal.other)

    def _link(self, incident: Any) -> SafeString:
        address = reverse(f"{self.admin_site.name}:ceasefire_incident_change", args=[incident.pk])
        return format_html(
            '<a href="{}">{}</a><br>{}', address, incident.title, incident.when.in_words()
        )

    def _decide(self, request: HttpRequest, queryset: Any, decide: Any, done: str) -> None:
        decided = 0
        for proposal in queryset:
            try:
                decide(proposal, by=user_of(request))
                decided += 1
            except records.RecordError as error:
                self.message_user(request, str(error), messages.ERROR)
        if decided:
            self.message_user(request, f"{decided} {done}.", messages.SUCCESS)
