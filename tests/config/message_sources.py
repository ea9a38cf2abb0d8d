"""Reads, from the sources of an installed package, the texts it marks for translation."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

MARKS = {
    "_": ("message",),
    "gettext": ("message",),
    "ngettext": ("message", "plural"),
    "pgettext": ("context", "message"),
    "npgettext": ("context", "message", "plural"),
}
MARKED_CALL = re.compile(r"\b(?:_|n?p?gettext(?:_lazy|_noop)?)\(")
QUOTED = r"""'[^'\n]*'|"[^"\n]*\""""
SCRIPT_CALL = re.compile(rf"\b(n?p?gettext)\(\s*((?:{QUOTED})(?:,\s*(?:{QUOTED}))*)")


class Message(NamedTuple):
    """One marked text, as the translation functions are asked for it."""

    message: str
    plural: str = ""
    context: str = ""


def marked_in(package: str, *, skipping: tuple[str, ...] = ()) -> frozenset[Message]:
    """Every text marked in the Python files and templates of an installed package."""
    return frozenset().union(*map(_marked, _files(package, skipping)))


def marked_in_scripts(package: str) -> set[Message]:
    """Every text marked in the browser scripts of an installed package."""
    return {
        Message(**dict(zip(MARKS[function], ast.literal_eval(f"[{arguments}]"), strict=True)))
        for file in _root(package).rglob("*.js")
        if "vendor" not in file.parts
        for function, arguments in SCRIPT_CALL.findall(file.read_text(encoding="utf-8"))
    }


def _root(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def _files(package: str, skipping: tuple[str, ...]) -> Iterator[Path]:
    root = _root(package)
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root).as_posix()
        template = "templates" in file.parts and file.suffix in {".html", ".txt"}
        if (file.suffix == ".py" or template) and not inside.startswith(skipping):
            yield file


@cache
def _marked(file: Path) -> frozenset[Message]:
    source = file.read_text(encoding="utf-8")
    if not MARKED_CALL.search(source) and file.suffix == ".py":
        return frozenset()  # most mark nothing: they need not be parsed
    return frozenset((_in_python if file.suffix == ".py" else _in_template)(source))


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _in_call(node)


def _in_template(source: str) -> Iterator[Message]:
    """Django turns a template into calls between blanked-out text; each call is read alone."""
    blanked = templatize(source)
    for start in MARKED_CALL.finditer(blanked):
        yield from _in_call(_first_call(blanked[start.start() :]))


def _first_call(text: str) -> ast.Call:
    for end in re.finditer(r"\)", text):
        try:
            expression = ast.parse(text[: end.end()], mode="eval").body
        except SyntaxError:
            continue
        assert isinstance(expression, ast.Call)
        return expression
    raise ValueError(text)


def _in_call(call: ast.Call) -> Iterator[Message]:
    function = getattr(call.func, "id", getattr(call.func, "attr", ""))
    parts = MARKS.get(re.sub("_lazy$|_noop$", "", function), ())
    given = [getattr(argument, "value", None) for argument in call.args[: len(parts)]]
    if parts and given and all(isinstance(value, str) for value in given):
        yield Message(**dict(zip(parts, given, strict=True)))
