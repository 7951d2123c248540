"""The tables that people approve, as text: who may do what, how things move, which addresses there are.

`make approve` prints them into tests/approved/; a test fails when they differ. The difference is what a county signs.
"""

from pathlib import Path

from grants.app import create_app
from grants.config import Settings
from grants.domain.permissions import TABLE
from grants.domain.workflow import WORKFLOWS

APPROVED = Path(__file__).parent / "approved"


def permissions() -> str:
    rows = []
    for key, cells in TABLE.items():
        rows.append(f"{key:<24} " + " · ".join(f"{role.value} {reach.value}" for role, reach in cells.items()))
    return "\n".join(rows) + "\n"


def lives() -> str:
    rows = []
    for workflow in WORKFLOWS.values():
        rows.append(f"# {workflow.noun}")
        for step in workflow.steps:
            sources = ", ".join(str(source or "(ny)") for source in step.sources)
            guards = ", ".join(guard.__name__ for guard in step.guards)
            rows.append(f"{step.verb:<10} {sources} → {step.target or 'oförändrat'}" + (f"   om {guards}" if guards else ""))
        rows.append("")
    return "\n".join(rows)


def routes(app) -> str:
    rows = []
    for found in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        if found.endpoint == "static":
            continue
        methods = "/".join(sorted(found.methods - {"HEAD", "OPTIONS"}))
        rule = getattr(app.view_functions[found.endpoint], "rule", "NO RULE")
        rows.append(f"{methods:<9} {found.rule:<48} {found.endpoint:<32} {rule}")
    return "\n".join(rows) + "\n"


def tables() -> dict[str, str]:
    app = create_app(Settings(secret_key="only for printing"))
    return {"permissions.txt": permissions(), "lives.txt": lives(), "routes.txt": routes(app)}


if __name__ == "__main__":
    APPROVED.mkdir(exist_ok=True)
    for name, text in tables().items():
        (APPROVED / name).write_text(text, encoding="utf-8")
