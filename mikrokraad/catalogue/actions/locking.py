"""A version held while it is changed, and whether its words may still change."""

from django.utils.translation import gettext as _

from mikrokraad.catalogue.actions.refusals import AlreadyApproved
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import VERSIONS, VersionState


def locked(version: ProgrammeVersion) -> ProgrammeVersion:
    return (
        ProgrammeVersion.objects.select_for_update(of=("self",))
        .select_related("programme__kind", "programme__unit")
        .get(pk=version.pk)
    )


def require_draft(version: ProgrammeVersion) -> None:
    if not VERSIONS.flags[VersionState(version.state)].editable:
        raise AlreadyApproved(
            _(
                "This version is no longer a draft, so its words stay as they are. "
                "Begin a new version to change them."
            )
        )
