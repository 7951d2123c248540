"""The application: settings, extensions, blueprints, refusals → pages."""

import logging
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from . import cli
from .config import Settings
from .extensions import csrf, db, login, migrate
from .models import records as record_tables
from .services import passwords
from .web import BLUEPRINTS, gate, pages

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None, **more: object) -> Flask:
    """The app for a server, the command line or a test. `more` overrides Flask's own configuration."""
    settings = settings or Settings.from_environment()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "grants",
        root_path=str(ROOT / "grants"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        static_url_path="/static",
        instance_path=str(settings.instance),
    )
    app.config.update(_configuration(settings))
    app.config.update(more)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=31536000)  # type: ignore[method-assign]
    app.url_defaults(_name_the_version_of_static_files)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    login.init_app(app)
    csrf.init_app(app)
    gate.init_app(app)
    pages.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.init_app(app)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    """What Flask and its extensions want to know."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.key(),
        "SQLALCHEMY_DATABASE_URI": settings.database_uri,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # What people wrote does not belong in a log.
        "MAX_CONTENT_LENGTH": settings.largest_upload_mib * 2**20,
        "MAX_FORM_MEMORY_SIZE": 4 * 2**20,
        "MAX_FORM_PARTS": 5000,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.session_days),
        "WTF_CSRF_TIME_LIMIT": None,
        "HASHER": passwords.hasher(settings.argon2_memory_kib),
        "PROPAGATE_FAULTS": False,
        "DEMONSTRATION": _is_demonstration,
    }


def _name_the_version_of_static_files(endpoint: str, values: dict[str, object]) -> None:
    """Static files are kept by browsers for a year, so their addresses change when they do."""
    if endpoint == "static" and "v" not in values:
        path = ROOT / "static" / str(values["filename"])
        values["v"] = int(path.stat().st_mtime) if path.exists() else 0


def _is_demonstration() -> bool:
    """Whether the database holds the demonstration: then every page says so."""
    return bool(db.session.scalar(select(record_tables.Installation.is_demonstration)))
