"""Several chairs who save at the same moment: what each was told is saved, is."""

from django.utils import timezone

from indicators.models import Submission
from tests.bench.chairs import nothing_lost, seats
from tests.bench.load import Plan, run
from tests.builders import Province, asked


def test_every_save_that_was_answered_stands_with_its_history(live_server, province: Province):
    pair = [province.health_submission, province.interior_submission]
    indicator, begun = asked(pair[0])[0], timezone.now()
    sat = seats(pair, indicator)
    kept = run(Plan(live_server.thread.port, live_server.url, sat, turns=4, every=0.1))
    assert sorted((one.seat, one.typed) for one in kept) == [
        (seat, typed) for seat in range(2) for typed in range(1, 6)
    ]
    nothing_lost(pair, indicator, kept, begun=begun)
    assert Submission.objects.filter(revision=0).count() == Submission.objects.count() - 2
