"""A person at a screen: goes to pages, follows links by their words, fills in boxes by their labels, presses buttons."""

from typing import Any
from urllib.parse import urldefrag

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from .pageclient import PageClient, text_of


class Screen:
    def __init__(self, client: PageClient, start: str = "/"):
        self.client = client
        self.go(start)

    def go(self, address: str, *, status: int = 200) -> "Screen":
        return self._show(self.client.get(address, follow_redirects=True), status)

    def follow(self, words: str) -> "Screen":
        """Follow the first link that says these words."""
        link = next((a for a in self.soup.find_all("a", href=True) if words in _said(a)), None)
        assert link, f"no link says “{words}” on {self.address}: {[_said(a) for a in self.soup.find_all('a', href=True)]}"
        return self.go(urldefrag(link["href"]).url)

    def press(self, words: str, *, status: int = 200, files: dict[str, Any] | None = None, **filled: Any) -> "Screen":
        """Press the first button that says these words, with its form filled in as it stands and as told."""
        return self.fill({}, words, status=status, files=files, **filled)

    def fill(self, boxes: dict[str, Any], button: str, *, status: int = 200, files: dict[str, Any] | None = None, **named: Any) -> "Screen":
        """Fill boxes by label (or by name, as keywords) and press a button. A choice is told by its words."""
        pressed = next((b for b in self.soup.find_all("button") if button in _said(b)), None)
        assert pressed, f"no button says “{button}” on {self.address}: {[_said(b) for b in self.soup.find_all('button')]}"
        form = pressed.find_parent("form")
        data = _as_it_stands(form)
        for label, value in boxes.items():
            _choose(form, data, label, value)
        data.update(named | (files or {}))
        if pressed.get("name"):
            data[pressed["name"]] = pressed.get("value", "")
        send = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        how = {"data": data} if send == self.client.post else {"query_string": data}
        return self._show(send(pressed.get("formaction") or form["action"], follow_redirects=True, **how), status)

    def says(self, *words: str) -> bool:
        text = self.text
        return all(word.replace("\u00a0", " ") in text for word in words)

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ", strip=True).replace("\u00a0", " ").split())

    def _show(self, answer: TestResponse, status: int) -> "Screen":
        assert answer.status_code == status, f"{answer.request.path}: {answer.status_code}\n{text_of(answer)[:1500]}"
        self.address = answer.request.path
        self.answer = answer
        self.soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        return self


def _said(tag: Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).replace("\u00a0", " ").split())


def _as_it_stands(form: Tag) -> dict[str, Any]:
    """What the browser would send if nothing was touched."""
    data: dict[str, Any] = {}
    for box in form.find_all(["input", "select", "textarea"]):
        name, kind = box.get("name"), box.get("type", "text")
        if not name or kind in ("submit", "button", "file") or (kind in ("radio", "checkbox") and not box.has_attr("checked")):
            continue
        if box.name == "select":
            chosen = [o.get("value", "") for o in box.find_all("option", selected=True)]
            data[name] = chosen[0] if chosen else (box.find("option") or {}).get("value", "")
        elif kind == "checkbox":
            data.setdefault(name, []).append(box.get("value", "y"))
        else:
            data[name] = box.get_text() if box.name == "textarea" else box.get("value", "")
    return data


def _choose(form: Tag, data: dict[str, Any], label: str, value: Any) -> None:
    """Put a value in the box with a label; in a group (its legend) by the words of the choice or choices."""
    for legend in form.find_all("legend"):
        if label in _said(legend):
            group = legend.find_parent("fieldset")
            boxes = [_box_of(group, words) for words in (value if isinstance(value, list) else [value])]
            values = [box.get("value", "y") for box in boxes]
            data[boxes[0]["name"]] = values if boxes[0].get("type") == "checkbox" else values[0]
            return
    box = form.find(attrs={"aria-label": lambda said: said and label in said}) or _box_of(form, label)
    if box.name == "select":
        option = next((o for o in box.find_all("option") if value in _said(o)), None)
        assert option, f"“{value}” cannot be chosen in “{label}”"
        value = option.get("value", "")
    data[box["name"]] = value


def _box_of(place: Tag, words: str) -> Tag:
    label = next((each for each in place.find_all("label") if words in _said(each)), None)
    assert label, f"no box is called “{words}”: {[_said(each) for each in place.find_all('label')]}"
    return place.find(id=label["for"])
