"""Every template is found, used, small, and holds no script or style of its own."""

import re
from pathlib import Path

import django
import pytest
import unfold
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import get_template

from indicators import workflow
from reports import document
from tests.architecture.sources import modules, templates
from tests.support.processes import ROOT

FOLDER = ROOT / "templates"
# Found by Django under their names: error pages, and the pages of its account views.
FOUND_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# On paper there is no policy against styles; the desk's theme has its own (docs/adr).
NOT_OF_THE_PORTAL = ("admin/", "emails/", "reports/document.html", "reports/blocks/")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|\shx-on", re.IGNORECASE
)
STATIC = re.compile(r"""\bstatic[ (]['"]([^'"{]+)['"]""")


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def from_a_package(name: str) -> bool:
    """True if a package has a template of this name, which ours replaces."""
    packages = [Path(package.__file__).parent for package in (django, unfold)]
    return any(found for package in packages for found in package.rglob(f"templates/{name}"))


def found_by_rule() -> set[str]:
    """Templates whose names follow from our own names: steps and blocks."""
    blocks = {kind.__name__.lower() for kind in vars(document).values() if isinstance(kind, type)}
    return {f"emails/{step.code}.txt" for step in workflow.STEPS} | {
        f"reports/blocks/{block}.html" for block in blocks
    }


def of_a_notice(name: str, written: str) -> bool:
    """True for the words of a notice: its code, which is written somewhere, names the template."""
    folder, _, file = name.partition("/")
    return folder == "emails" and f'"{file.removesuffix(".txt")}"' in written


@pytest.mark.parametrize("name", templates())
def test_a_template_compiles(name):
    assert get_template(name).template.name == name


def test_every_template_is_used():
    """Used by a view, by another template, or under the name of a step, a block or a package."""
    written = "\n".join(
        [path.read_text(encoding="utf-8") for path in modules()] + [source(n) for n in templates()]
    )
    unused = [
        name
        for name in templates()
        if f'"{name}"' not in written
        and f"'{name}'" not in written
        and name not in FOUND_BY_NAME | found_by_rule()
        and not of_a_notice(name, written)
        and not from_a_package(name)
        and not name.startswith("registration/")
    ]
    assert not unused, f"remove them or use them: {unused}"


def test_no_template_of_the_portal_holds_a_script_or_a_style():
    """The content policy forbids it: a class in portal.css, an attribute that portal.js reads."""
    found = [
        f"{name}: {match.group().strip()}"
        for name in templates()
        if not name.startswith(NOT_OF_THE_PORTAL)
        for match in INLINE.finditer(source(name))
    ]
    assert not found, "\n".join(found)


def test_no_template_has_more_than_150_lines():
    found = [name for name in templates() if len(source(name).splitlines()) > 150]
    assert not found, f"cut them into fragments: {found}"


def test_every_static_file_that_a_template_names_is_there():
    named = {
        match
        for text in [*map(source, templates()), *(path.read_text() for path in modules())]
        for match in STATIC.findall(text)
    }
    assert named
    missing = [name for name in sorted(named) if finders.find(name) is None]
    assert not missing, f"neither in static/ nor in a package: {missing}"


def test_static_files_can_be_collected_with_their_checksums(settings, tmp_path):
    """A style sheet that names a missing picture or font would stop the set-up."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
