"""The app for a server: `gunicorn wsgi:app`, `flask --app wsgi …`."""

from grants.app import create_app

app = create_app()
