import { some, type Project, type ProjectFile } from './project.ts'

function pythonModel({ random, one, many, type, fields }: Project): ProjectFile {
  const folder = random.pick(['', 'app/', `${many}/`, 'src/', `backend/app/`])
  const content = `"""The ${one} and how it is kept."""
from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Protocol


${some(random, [
  `class Clock(Protocol):
    def now(self) -> float: ...


`,
])}@dataclass
class ${type}:
${fields.map((name) => `    ${name}: str`).join('\n')}
    tags: list[str] = field(default_factory=list)


class ${type}Store:
    def __init__(self, path: str = "${many}.db") -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS ${many} (${fields.join(', ')})"
        )

    def add(self, ${one}: ${type}) -> None:
        with self._connection:
            self._connection.execute(
                "INSERT INTO ${many} VALUES (${fields.map(() => '?').join(', ')})",
                (${fields.map((name) => `${one}.${name}`).join(', ')}),
            )
${some(random, [
  `
    def count(self) -> int:
        (total,) = self._connection.execute("SELECT COUNT(*) FROM ${many}").fetchone()
        return total
`,
  `
    def find(self, ${fields[0]}: str) -> ${type} | None:
        row = self._connection.execute(
            "SELECT * FROM ${many} WHERE ${fields[0]} = ?", (${fields[0]},)
        ).fetchone()
        return ${type}(*row) if row else None
`,
  `
    # Rows without a ${fields[1]} are left over from imports.
    def clean(self) -> int:
        with self._connection:
            return self._connection.execute(
                "DELETE FROM ${many} WHERE ${fields[1]} = ''"
            ).rowcount
`,
])}`
  return {
    path: `${folder}${random.pick(['models.py', `${one}_store.py`, 'storage.py', `${one}.py`])}`,
    language: 'python',
    content,
  }
}

function pythonApp({ random, one, many, type, fields }: Project): ProjectFile {
  const content = `${random.pick(['', '#!/usr/bin/env python3\n'])}import argparse
import json
import sys

from ${random.pick(['models', `${one}_store`, 'app.models'])} import ${type}, ${type}Store


def main(argv=None):
    parser = argparse.ArgumentParser(description="Keep ${many}.")
    parser.add_argument("command", choices=["add", "list"])
    parser.add_argument("--${fields[0]!.replace('_', '-')}", default="")
    args = parser.parse_args(argv)

    store = ${type}Store()
    if args.command == "list":
        json.dump({"${many}": store.count()}, sys.stdout, indent=2)
        return 0
${some(random, [
  `    # An empty value is a mistake more often than a wish.
    if not args.${fields[0]}:
        parser.error("--${fields[0]!.replace('_', '-')} is missing")
`,
])}    store.add(${type}(${fields.map((name) => `${name}=${name === fields[0] ? `args.${name}` : '""'}`).join(', ')}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
`
  return {
    path: random.pick(['main.py', 'app.py', 'src/main.py', 'cli.py', 'run.py']),
    language: 'python',
    content,
  }
}

function pythonTest({ random, one, type, fields }: Project): ProjectFile {
  const content = `import pytest

from models import ${type}, ${type}Store


@pytest.fixture
def store(tmp_path):
    return ${type}Store(str(tmp_path / "test.db"))


def test_add_then_count(store):
    store.add(${type}(${fields.map((name) => `${name}="${name[0]}"`).join(', ')}))
    assert store.count() == 1


@pytest.mark.parametrize("value", ["", " ", "\\n"])
def test_unknown_${one}_is_none(store, value):
    assert store.find(value) is None
`
  return {
    path: random.pick([`tests/test_${one}.py`, `test_${one}.py`, `tests/unit/test_store.py`]),
    language: 'python',
    content,
  }
}

/** The makers of Python files. */
export const pythonFiles = [pythonModel, pythonApp, pythonTest]
