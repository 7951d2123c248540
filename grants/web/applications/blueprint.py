"""The room's blueprint, apart so that each file of pages can use it."""

from flask import Blueprint

bp = Blueprint("applications", __name__)
