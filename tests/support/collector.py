"""Python's collector of garbage leaves alone what stays to the end of the run.

Nine thousand tests, the product and its libraries are a million objects. The collector walked through
them while they were made, and again and again afterwards: a fifth of the processor time of every test.
"""

import gc

_NEW_OBJECTS = 20_000
"""Between two looks at the youngest; Python looks after 700."""


def let_collector_rest() -> None:
    """Collect nothing while tests are found: next to nothing of what is made then is garbage."""
    gc.disable()


def set_collector_to_work() -> None:
    """Collect what tests leave, and no longer look at what was there before them.

    The product, too, sets aside what it is made of once a site is open (`lasting`), and looks at it when
    the site closes. Of a thousand sites one after another that kept the garbage of all, gigabytes of it,
    and to look at it took half a minute: what is set aside in a test run stays so.
    """
    gc.collect()
    gc.freeze()
    gc.freeze = gc.unfreeze = _leave_as_it_is
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    gc.enable()


def _leave_as_it_is() -> None:
    """Set nothing aside and take nothing back."""
