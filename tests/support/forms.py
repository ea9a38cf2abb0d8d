"""What a browser without a script would send of a form as the page draws it."""

from html.parser import HTMLParser


class SentForm(HTMLParser):
    """The fields of the form with an id, by name, as they would be sent untouched."""

    def __init__(self, page: str, form: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._form, self._inside, self._open = form, False, ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("id") == self._form
        if not self._inside:
            return
        if tag == "input":
            self._input(said)
        elif tag in {"textarea", "select"}:
            self._open = said["name"]
            self.fields[self._open] = ""
        elif tag == "option" and "selected" in said:
            self.fields[self._open] = said["value"]

    def handle_data(self, data: str) -> None:
        if self._open and self.lasttag == "textarea":
            # the line break after the tag is none of the text, and lines are sent with CR LF
            text = self.fields[self._open] + data
            self.fields[self._open] = text.removeprefix("\n").replace("\n", "\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self._open = ""
        if tag == "form":
            self._inside = False

    def _input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind == "file" or (kind in {"radio", "checkbox"} and "checked" not in said):
            return
        self.fields[said["name"]] = said.get("value", "on")
