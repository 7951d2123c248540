"""Walk the pages as a person would: from the start page and the menu along every link, one page of each kind."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urldefrag, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

FILES = re.compile(r"\.(pdf|csv|json|xlsx|ics)$")
Kind = tuple[str, str]


def kind_of(app: Flask, path: str) -> Kind | None:
    """The endpoint of a path, and the word in it that makes its pages differ (the section of a form, say)."""
    try:
        endpoint, values = app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    words = [str(value) for value in values.values() if isinstance(value, str)]
    return endpoint, "/".join(words)


def crawl(app: Flask, links_on: Callable[[str], Iterable[str]], *, several: Mapping[str, int], start: str = "/") -> dict[Kind, list[str]]:
    """Visit one page of each kind, or several of some endpoints. `links_on` fetches a page and gives its links."""
    seen: dict[Kind, list[str]] = {}
    queued, waiting = {start}, deque([start])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(app, path)
        if kind is None or kind[0] == "static" or FILES.search(urlsplit(path).path):
            continue
        if len(seen.get(kind, [])) >= several.get(kind[0], 1):
            continue
        seen.setdefault(kind, []).append(path)
        for link in links_on(path):
            target = urldefrag(link).url
            if target.startswith("/") and target not in queued:
                queued.add(target)
                waiting.append(target)
    return seen
