"""Stub."""

from flask import Blueprint

bp = Blueprint("pots", __name__)
