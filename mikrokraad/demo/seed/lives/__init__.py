"""The lives of the demonstration's learners, and of those who serve them.

Everything goes through the rooms' own actions, at the moment when it would have happened.
"""

from random import Random

from mikrokraad.demo.seed.lives import crowd, everyday, situations, writing
from mikrokraad.demo.seed.lives.cast import Cast
from mikrokraad.demo.seed.lives.diary import Diary
from mikrokraad.demo.seed.lives.paying import banking
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.demo.seed.report import Example
from mikrokraad.demo.seed.university import University

SEED = 2026
APPLICATIONS_EACH = 1.3  # of a learner, in all their semesters
SMALLEST_GROUP = 3


def live(made: University, *, learners: int) -> dict[str, Example]:
    """Let about so many learners live until today; certificates to look at."""
    rng = Random(SEED)  # noqa: S311 -- the same every time, on purpose
    runs = [*made.finished.values(), *made.running.values(), *made.open_runs.values()]
    diary = Diary(min(run.opens_at for run in runs), made.at)
    town = Town(made, rng, diary, Cast(rng, learners))
    _plan(town, learners)
    town.cast.move_in(made.at)
    diary.begin(everyday.ticking(town))
    diary.begin(banking(town))
    diary.begin(writing.writing_versions(town))
    diary.live()
    everyday.tick(made.at)
    everyday.deliver_letters(made.at)
    return town.examples


def _plan(town: Town, learners: int) -> None:
    """Who will do what: the situations first, and then everybody else."""
    made = town.made
    for show in situations.SHOWN:
        show(town, made.open_runs)
    crowd.finish(town, made.finished)
    left = max(0, int(learners * APPLICATIONS_EACH) - town.plans)
    each = max(SMALLEST_GROUP, left * 3 // 5 // max(1, len(made.running)))
    crowd.study(town, made.running, each=min(each, learners))
    crowd.apply(town, made.open_runs, count=left * 2 // 5)
