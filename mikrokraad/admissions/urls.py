"""The applicant's pages."""

from django.urls import path

from mikrokraad.admissions.views import (
    application,
    apply,
    conditional,
    enquiries,
    evidence,
    lottery,
    moves,
    sections,
    together,
)

app_name = "admissions"
_one = "applications/<uuid:pk>/"
urlpatterns = [
    path("apply/<uuid:run>/", apply.apply, name="apply"),
    path("lots/<uuid:run>/", lottery.lottery, name="lottery"),
    path("ask/<uuid:run>/", enquiries.enquire, name="enquire"),
    path("ask/<uuid:run>/sent/", enquiries.enquiry_sent, name="enquiry_sent"),
    path(_one, application.application, name="application"),
    path(f"{_one}about/", sections.about_you, name="about_you"),
    path(f"{_one}education/", sections.education, name="education"),
    path(f"{_one}requirements/<slug:key>/", sections.requirement, name="requirement"),
    path(f"{_one}questions/", sections.questions, name="questions"),
    path(f"{_one}payer/", sections.payer, name="payer"),
    path(f"{_one}submit/", application.submit, name="submit"),
    path(f"{_one}submitted/", application.submitted, name="submitted"),
    path(f"{_one}terms/", application.terms, name="terms"),
    path(
        f"{_one}acceptance.pdf",
        application.acceptance_letter,
        name="acceptance_letter",
    ),
    path(f"{_one}answer/", moves.answer, name="answer"),
    path(f"{_one}accept/", moves.accept_offer, name="accept_offer"),
    path(f"{_one}decline/", moves.decline_offer, name="decline_offer"),
    path(f"{_one}withdraw/", moves.withdraw, name="withdraw"),
    path(f"{_one}later/", moves.ask_to_defer, name="ask_to_defer"),
    path(f"{_one}together/", together.come_together, name="come_together"),
    path(f"{_one}leave-group/", together.leave_group, name="leave_group"),
    path("together/", together.join_group, name="join_group"),
    path("conditions/<uuid:pk>/", conditional.condition, name="condition"),
    path(
        "evidence/<uuid:pk>/remove/", evidence.remove_evidence, name="remove_evidence"
    ),
    path("evidence/<uuid:pk>/", evidence.evidence, name="evidence"),
    path(
        "evidence/<uuid:pk>/preview.jpg",
        evidence.evidence_preview,
        name="evidence_preview",
    ),
    path(
        "evidence/<uuid:pk>/replace/",
        evidence.replace_evidence,
        name="replace_evidence",
    ),
]
