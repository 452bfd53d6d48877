"""For all tests: properties are not timed, since a loaded machine would fail them."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
