"""The house: floors, circles, sizes, rules on routes, who writes state, who commits, docstrings, glossary."""

import ast
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from sys import stdlib_module_names

import pytest

from grants.domain import words
from grants.web import BLUEPRINTS

from .printed import APPROVED, tables

ROOT = Path(__file__).parent.parent
SIZES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["p37"]["house"]
FILES = sorted((ROOT / "grants").rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
TESTS = sorted((ROOT / "tests").rglob("*.py"))

FLOOR_MAY = {
    "domain": {"domain"},
    "models": {"domain", "models"},
    "services": {"domain", "models", "extensions", "services", "config"},
    "forms": {"domain", "forms"},
    "schemas": {"domain", "schemas"},
    "web": {"domain", "models", "services", "forms", "schemas", "extensions", "web", "config"},
    "cli": {"services", "domain", "extensions", "cli", "models", "schemas", "config"},
}
NEVER = {
    "models": {"flask", "flask_sqlalchemy", "werkzeug"},
    "services": {"flask", "flask_login", "werkzeug", "wtforms", "flask_wtf"},
    "forms": {"sqlalchemy", "flask_sqlalchemy"},
    "schemas": {"sqlalchemy", "flask_sqlalchemy", "flask"},
}
WHY = {
    "domain": "rules must not know tables, pages or libraries",
    "models": "tables must not know the web or the services",
    "services": "what people do must not know pages or requests",
    "forms": "forms get their choices passed in",
    "schemas": "schemas describe what goes out and ask nobody",
    "web": "pages do not know the command line",
    "cli": "the operator's desk does not know the pages",
}


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def floor(path: Path) -> str:
    parts = path.relative_to(ROOT / "grants").parts
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, in full ("grants.services.pots"), with its line."""
    package = ["grants", *path.relative_to(ROOT / "grants").parts[:-1]]
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield (f"{whole}.{alias.name}", node.lineno)


def code_lines(tree: ast.AST, text: str) -> int:
    """Lines that hold code: no blank lines, comments or docstrings."""
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            silent.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    first, last = getattr(tree, "lineno", 1), getattr(tree, "end_lineno", None)
    lines = text.splitlines()[first - 1 : last]
    return sum(1 for number, line in enumerate(lines, first) if number not in silent and line.strip() and not line.strip().startswith("#"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("path", FILES, ids=place)
def test_imports_only_go_down(path):
    here = floor(path)
    for module, line in imports(path):
        top = module.split(".")[0]
        if here == "domain" and top != "grants":
            assert top in stdlib_module_names, f"{place(path)}:{line} reaches out to {top}: {WHY['domain']}"
        if here and top == "grants" and module.count(".") >= 1:
            target = module.split(".")[1]
            assert target in FLOOR_MAY[here], f"{place(path)}:{line} reaches up to {target}: {WHY[here]}"
        assert top not in NEVER.get(here, ()), f"{place(path)}:{line} knows {top}: {WHY[here]}"
        if top == "pandas":
            assert path.match("services/statistics*") or path.match("services/importing*"), (
                f"{place(path)}:{line}: pandas is for statistics and importing"
            )


def test_web_rooms_never_import_each_other():
    shared = {"gate", "pages"}
    rooms = {blueprint.name for blueprint in BLUEPRINTS}
    for path in FILES:
        if floor(path) != "web" or path == ROOT / "grants/web/__init__.py":
            continue
        own = path.relative_to(ROOT / "grants/web").parts[0].removesuffix(".py")
        for module, line in imports(path):
            parts = module.split(".")
            if parts[:2] == ["grants", "web"] and len(parts) > 2:
                assert parts[2] == own or parts[2] in shared or parts[2] not in rooms, f"{place(path)}:{line} imports the room {parts[2]}"


def test_no_imports_hide_inside_functions():
    for path in FILES:
        for function in functions(path):
            for node in ast.walk(function):
                assert not isinstance(node, ast.Import | ast.ImportFrom), f"{place(path)}:{node.lineno}: import at the top"


def test_no_modules_import_in_circles():
    names = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in FILES}
    graph = {}
    for name, path in names.items():
        found = set()
        for module, _ in imports(path):
            whole = module if module in names else module.rpartition(".")[0]
            if whole in names and whole != name:
                found.add(whole)
        graph[name] = found
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_functions_and_files_keep_their_size():
    sizes = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        lines = code_lines(TREES[path], text)
        if place(path) not in SIZES["large_files"]:
            assert lines <= SIZES["file_max"], f"{place(path)} has {lines} lines of code: make it a folder of rooms"
        for function in functions(path):
            size = code_lines(function, text)
            sizes.append(size)
            assert size <= SIZES["function_max"], f"{place(path)}:{function.lineno} {function.name} has {size} lines"
    assert quantiles(sizes, n=20)[-1] <= SIZES["function_p95"], f"95th percentile {quantiles(sizes, n=20)[-1]}, median {median(sizes)}"


@pytest.mark.parametrize("path", TESTS, ids=place)
def test_test_files_keep_their_size(path):
    text = path.read_text(encoding="utf-8")
    assert code_lines(ast.parse(text), text) <= SIZES["test_file_max"]


def test_every_module_says_what_it_is_for():
    for path in FILES:
        assert ast.get_docstring(TREES[path]), f"{place(path)} has no docstring"


def test_public_functions_of_rules_and_services_have_docstrings():
    trivial = {"guards.py"}
    for path in FILES:
        if floor(path) not in ("domain", "services") or path.name in trivial:
            continue
        for node in TREES[path].body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{place(path)}:{node.lineno} {node.name} has no docstring"


def test_only_the_door_writes_state():
    for path in FILES:
        if path.name == "acting.py":
            continue
        for node in ast.walk(TREES[path]):
            targets = (
                node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
            )
            for target in targets:
                assert not (isinstance(target, ast.Attribute) and target.attr == "state"), f"{place(path)}:{node.lineno} writes .state"


def test_commits_are_made_in_three_places():
    may = {"grants/web/gate.py", "grants/cli/working.py"}
    for path in FILES:
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.Attribute) and node.attr == "commit" and place(path) not in may:
                raise AssertionError(f"{place(path)}:{node.lineno} commits")


def test_rules_have_no_clock_and_no_environment():
    for path in FILES:
        if floor(path) == "domain":
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\b(date\.today|datetime\.now|os\.environ|time\.time)\b", text), place(path)


def test_no_vague_names():
    # The libraries name their own hooks so.
    vague = re.compile(r"(Helper|Manager|Util)|^(process_(?!(form)?data$|bind_param$|result_value$)|handle_)")
    for path in FILES:
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                assert not vague.search(node.name), f"{place(path)}:{node.lineno} {node.name}"


def test_every_route_has_a_rule_and_a_typed_address(built):
    for found in built.url_map.iter_rules():
        if found.endpoint == "static":
            continue
        view = built.view_functions[found.endpoint]
        assert getattr(view, "rule", None), f"{found.rule} has no rule"
        if found.methods & {"POST", "PUT", "DELETE", "PATCH"}:
            assert not view.rule.endswith(".view"), f"{found.rule} changes something by a rule for looking"
        assert found.rule == found.rule.lower(), f"{found.rule} is not in small letters"
        for name in re.findall(r"<(\w+)>", found.rule):
            assert name in ("token", "part", "section", "kind", "figure", "fmt"), f"{found.rule}: give {name} a type"


@pytest.mark.parametrize("name", ["permissions.txt", "lives.txt", "routes.txt"])
def test_the_printed_tables_are_the_approved_ones(name):
    assert (APPROVED / name).read_text(encoding="utf-8") == tables()[name], f"Read the difference, then: make approve ({name})"


def test_every_word_has_a_label_and_a_line_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    for word in chain.from_iterable(
        kind for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, words.StrEnum) and kind is not words.StrEnum
    ):
        assert (type(word), word.value) in words.LABELS, f"{word!r} has no Swedish label"
        assert words.label(word) in glossary, f"{words.label(word)} is not in docs/glossary.md"


def test_templates_keep_the_strict_policy():
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".j2", ".svg"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), f"{place(path)} breaks the policy"
            assert not re.search(r"<script(?![^>]*\bsrc=)", text), f"{place(path)} has an inline script"
            assert (
                not re.search(r"https?://(?!www\.w3\.org)", text.replace("https://www.riksdagen.se", ""))
                or "pages" in str(path)
                or "start" in str(path)
            ), place(path)


def test_the_project_speaks_of_itself_alone():
    foreign = re.compile(r"\.library|/work/|helper session|farm-|issue \d", re.IGNORECASE)
    kept = ("grants", "templates", "static", "migrations", "tests", "docs", "benchmarks")
    files = [
        p
        for folder in kept
        for p in (ROOT / folder).rglob("*")
        if p.suffix in (".py", ".md", ".html", ".css", ".js", ".typ", ".txt", ".toml")
    ]
    for path in [*files, ROOT / "README.md", ROOT / "Makefile"]:
        if path != Path(__file__) and path.exists():
            found = foreign.search(path.read_text(encoding="utf-8"))
            assert not found, f"{place(path)}: {found.group(0)}"
