"""Questions to contact persons: whose they are to answer, and who asked them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from mikrokraad.admissions.cases import ADMISSION_DUTIES
from mikrokraad.admissions.models import Application, Enquiry
from mikrokraad.catalogue.models import Run
from mikrokraad.people.models import Person
from mikrokraad.people.roles import units_of


def runs_to_ask_about() -> QuerySet[Run]:
    """Every run that was published: who has a place on one that was cancelled asks too."""
    return Run.objects.filter(published_at__isnull=False).select_related(
        "contact", "intake", "version__programme"
    )


def enquiries_for(person: Person) -> QuerySet[Enquiry]:
    """Those about programmes of this person's units: open first, the oldest of them;
    then what was answered last."""
    units = units_of(person, *ADMISSION_DUTIES)
    return (
        _told(Enquiry.objects.filter(run__version__programme__unit__in=units))
        .select_related("answered_by")
        .order_by(F("answered_at").desc(nulls_first=True), "asked_at", "pk")
    )


def open_enquiries_for(person: Person) -> QuerySet[Enquiry]:
    return enquiries_for(person).filter(answered_at=None)


def enquiries_of(person: Person) -> QuerySet[Enquiry]:
    """What this person asked: signed in, or by the address they have since confirmed."""
    mine = Q(person=person) | Q(person=None, email__iexact=person.email)
    return _told(Enquiry.objects.filter(mine)).order_by("-asked_at", "pk")


def enquiries_beside(application: Application) -> QuerySet[Enquiry]:
    """What an applicant asked about this programme before or meanwhile."""
    programme = application.run.version.programme_id
    return enquiries_of(application.person).filter(run__version__programme=programme)


def enquiries_past_keeping(*, at: datetime) -> QuerySet[Enquiry]:
    """Those whose last word is older than drafts are kept."""
    since = at - timedelta(days=settings.DRAFTS_KEPT_DAYS)
    last_word = Greatest("asked_at", Coalesce("answered_at", "asked_at"))
    return Enquiry.objects.annotate(last_word=last_word).filter(last_word__lt=since)


def _told(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    return enquiries.select_related(
        "person", "run__contact", "run__intake", "run__version__programme"
    )
