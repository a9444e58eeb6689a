"""While a thread works beside the window, the collector rests in every thread, and then goes on."""

from __future__ import annotations

import gc
from threading import Event, Thread

from cxmapper.app.memory import nothing_collected


def test_the_collector_rests_until_the_last_thread_has_ended() -> None:
    first, second, seen = Event(), Event(), []

    def work(until: Event) -> None:
        with nothing_collected():
            seen.append(gc.isenabled())
            until.wait(5)

    threads = [Thread(target=work, args=(until,)) for until in (first, second)]
    for thread in threads:
        thread.start()
    while len(seen) < 2:
        first.wait(0.001)
    assert seen == [False, False]
    first.set()
    threads[0].join()
    assert not gc.isenabled()
    second.set()
    threads[1].join()
    assert gc.isenabled()


def test_an_error_lets_it_go_on_too() -> None:
    try:
        with nothing_collected():
            raise ValueError
    except ValueError:
        assert gc.isenabled()
