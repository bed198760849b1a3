"""Two thousand people send their application in one moment, for thirty places.

Beside it, in the same run, a bare Django endpoint that only takes the seat. Real
requests over real connections to a real web server, on PostgreSQL.
"""

from bench import crowd, serving
from bench.measure import Row, row
from bench.storm import Storm, storm
from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock

MANY, PLACES = 2000, 30
BARE_NAME = "a bare Django endpoint that only takes the seat"


def sent(run: Run, many: int) -> Storm:
    """Everybody sends their complete draft at once."""
    drafts = crowd.crowd(run, many)
    presses = crowd.presses(drafts, at=clock.now())
    with serving.serving() as port:
        storm(port, _warm(many))
        return storm(port, presses)


def taken_bare(many: int, *, middleware: str) -> Storm:
    """As many people at the bare endpoint, for as many places."""
    run = crowd.instant_run(PLACES, many=many)
    persons = [each.person for each in crowd.crowd(run, many)]
    presses = crowd.bare_presses(run, persons, at=clock.now())
    with serving.serving(serving.BARE, BARE_MIDDLEWARE=middleware) as port:
        storm(port, _warm_bare(many))
        done = storm(port, presses)
    assert done.answered(200) == PLACES, done.answered(200)
    assert done.answered(409) == many - PLACES
    return done


def _warm(many: int) -> list[crowd.Press]:
    """A few others come first, so that nothing is loaded while we measure."""
    run = crowd.instant_run(PLACES, many=many)
    return crowd.presses(crowd.crowd(run, 8), at=clock.now())


def _warm_bare(many: int) -> list[crowd.Press]:
    run = crowd.instant_run(PLACES, many=many)
    persons = [each.person for each in crowd.crowd(run, 8)]
    return crowd.bare_presses(run, persons, at=clock.now())


def measure(many: int = MANY) -> list[Row]:
    run = crowd.instant_run(PLACES, many=many)
    ours = sent(run, many)
    signed_in = taken_bare(many, middleware="stock")
    nobody = taken_bare(many, middleware="none")
    name = f"{many} send an application for {PLACES} places"
    return [
        row(name, ours.seconds, f"{BARE_NAME}, signed in", signed_in.seconds),
        row(name, ours.seconds, f"{BARE_NAME}, no middleware", nobody.seconds),
        row(f"{name}: p95", ours.p95(), "the same at the bare one", signed_in.p95()),
    ]
