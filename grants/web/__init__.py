"""Top floor: pages, one blueprint per room. Rooms never import each other."""

from . import applications, calls, catalogue, decisions, payments, people, pots, projects, records, reviews, start, statistics

ROOMS = (start, people, calls, applications, reviews, decisions, pots, payments, projects, catalogue, statistics, records)
BLUEPRINTS = tuple(room.bp for room in ROOMS)
