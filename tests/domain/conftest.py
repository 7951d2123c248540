"""Few examples for each law, so that the whole folder takes about a second; a law that needs more says so itself."""

from hypothesis import settings

settings.register_profile("ground floor", max_examples=30, deadline=None)
settings.load_profile("ground floor")
