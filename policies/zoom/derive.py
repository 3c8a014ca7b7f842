"""Derives the scope catalogue of this folder from collected facts about the Zoom App Marketplace.

    python3 derive.py DATA

DATA is a folder with `scopes.yaml`, `scopes_granular.yaml`, `classic_to_granular.yaml` and `privileges.yaml`. The script writes
`scopes-*.yaml` and `privileges.yaml` beside itself, the same bytes for the same data. It needs PyYAML. README.md says what each rule means.
"""

import json
import pathlib
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent

FILES = {
    "scopes-classic.yaml": lambda scope: scope["style"] == "classic",
    "scopes-granular-user.yaml": lambda scope: scope["style"] != "classic" and level(scope) == "user",
    "scopes-granular-admin.yaml": lambda scope: scope["style"] != "classic" and level(scope) == "admin",
    "scopes-granular-master.yaml": lambda scope: scope["style"] != "classic" and level(scope) == "master",
}

HEADS = {
    "scopes-classic.yaml": "Classic scopes of the Zoom App Marketplace, of every level.",
    "scopes-granular-user.yaml": "Granular scopes that reach the authorising user's own data (no level suffix), and two that Zoom clients use.",
    "scopes-granular-admin.yaml": "Granular scopes that reach everyone in the account.",
    "scopes-granular-master.yaml": "Granular scopes that reach sub-accounts from the master account.",
}

SOURCES = """\
# Written by derive.py; change the data or the script rather than this file. README.md says how each field was derived.
# Sources of the data: anthropics/knowledge-work-plugins@5267cf7 (classic-scopes.md and granular-scopes.md, mirrors of
# developers.zoom.us/docs/integrations/oauth-scopes/), an apis.io index of the same page (2026-07), Oliver-DoWhiz/DoWhiz@18a7ebf
# OpenAPI x-macro-scopes, x-granular-scopes and x-permissions (2026-02-07), folio-sec/terraform-provider-zoom and
# api-evangelist/zoom-phone specifications. Summaries are our own words.
"""

PRIVILEGES_HEAD = """\
# Privileges of admin roles in Zoom, compared without case. Written by derive.py; README.md says how.
# Sources of the data: developers.zoom.us/docs/api/references/privileges/ (snapshot 2026-02-07) for those with a meaning (in our words),
# Oliver-DoWhiz/DoWhiz@18a7ebf OpenAPI x-permissions (2026-02-07) for the rest. The two overlap only partly: the set is open.
"""


def level(scope):
    """The level; what the data calls `member` or leaves unstated counts as `admin`."""
    stated = scope["level"]
    return stated if stated in ("user", "admin", "master") else "admin"


def spellings(privileges):
    """Privileges have no case: the spelling that the documentation uses stands for all of them."""
    chosen = {}
    for row in sorted(privileges, key=lambda row: not row["documented"]):
        chosen.setdefault(row["privilege"].lower(), row)
    return chosen


def needed(scope, chosen):
    """The privileges that at least half as many operations name as name the most named one, and the others."""
    if level(scope) == "master":
        return [], []
    counts = {}
    for privilege, operations in scope["role_privileges"].items():
        name = chosen[privilege.lower()]["privilege"]
        counts[name] = max(counts.get(name, 0), operations)
    most = max(counts.values(), default=0)
    by_count = sorted(counts, key=lambda name: (-counts[name], name))
    return [p for p in by_count if 2 * counts[p] >= most], [p for p in by_count if 2 * counts[p] < most]


def implied(scope, known):
    """A classic scope that writes implies its reading sibling of the same suffix. Zoom itself misspells one `write` as `wirte`."""
    if scope["style"] != "classic" or scope["access"] != "write":
        return []
    parts = scope["scope"].split(":")
    sibling = ":".join("read" if part in ("write", "wirte") else part for part in parts)
    return [sibling] if sibling != scope["scope"] and sibling in known else []


def equivalents(classic_to_granular):
    """Both directions of the table."""
    both = {classic: sorted(granular) for classic, granular in classic_to_granular.items()}
    for classic, granular in sorted(classic_to_granular.items()):
        for scope in granular:
            both.setdefault(scope, []).append(classic)
    return both


def line(fields, note=None):
    """One entry in flow style; a list or text that is empty is left out. JSON strings are YAML strings."""
    shown = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields if value)
    return f"  - {{{shown}}}" + (f"  # {note}" if note else "") + "\n"


def scope_line(scope, known, chosen, both):
    privileges, may_need = needed(scope, chosen)
    fields = [
        ("scope", scope["scope"]),
        ("level", level(scope)),
        ("privileges", privileges),
        ("may_need", may_need),
        ("implies", implied(scope, known)),
        ("equivalents", both.get(scope["scope"], [])),
        ("summary", scope["summary"]),
    ]
    return line(fields, scope.get("note"))


def main(data):
    def load(name):
        return yaml.safe_load((data / name).read_text(encoding="utf-8"))

    scopes = sorted(load("scopes.yaml") + load("scopes_granular.yaml"), key=lambda scope: scope["scope"])
    known = {scope["scope"] for scope in scopes}
    chosen = spellings(load("privileges.yaml"))
    both = equivalents(load("classic_to_granular.yaml"))
    for name, belongs in FILES.items():
        lines = [scope_line(scope, known, chosen, both) for scope in scopes if belongs(scope)]
        head = f"# {HEADS[name]} {len(lines)} scopes.\n{SOURCES}scopes:\n"
        (HERE / name).write_text(head + "".join(lines), encoding="utf-8")
    rows = [chosen[name] for name in sorted(chosen)]
    lines = [line([("privilege", row["privilege"]), ("meaning", row.get("meaning"))]) for row in rows]
    (HERE / "privileges.yaml").write_text(PRIVILEGES_HEAD + "privileges:\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
