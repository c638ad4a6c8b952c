import { mkdir, mkdtemp, readFile, realpath, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const samples = resolve(import.meta.dirname, '../../../../shared/samples/bugs')

/** The bugs that there are samples of. */
export const bugNames = ['gcd', 'knapsack', 'quicksort'] as const

/**
 * Makes a new folder with a program that has one bug (`gcd.py`), its test (`test_gcd.py`, which `python -m pytest` can run
 * there) and what that imports; null where the samples are absent. The caller removes the folder.
 */
export async function makeBugWorkspace(name: string): Promise<string | null> {
  const sample = join(samples, name)
  const isThere = await stat(sample).catch(() => null)
  if (!isThere) return null
  const root = await realpath(await mkdtemp(join(tmpdir(), `paddock-bug-${name}-`)))
  await copyText(join(sample, `${name}.py`), join(root, `${name}.py`))
  await copyText(join(sample, `test_${name}.py`), join(root, `test_${name}.py`))
  await mkdir(join(root, 'json_testcases'))
  await copyText(join(sample, `${name}.json`), join(root, 'json_testcases', `${name}.json`))
  await mkdir(join(root, 'python_programs'))
  await writeFile(join(root, 'python_programs', '__init__.py'), programs)
  await writeFile(join(root, 'load_testdata.py'), loadTestdata)
  await writeFile(join(root, 'conftest.py'), conftest)
  return root
}

/** Without its mode: samples may be read-only. */
const copyText = async (from: string, to: string) => writeFile(to, await readFile(from))

const programs = `"""The programs lie in the folder above."""

from pathlib import Path

__path__ = [str(Path(__file__).parent.parent)]
`

const loadTestdata = `import json
from pathlib import Path


def load_json_testcases(name):
    """One test case a line: a list of arguments and the expected result."""
    lines = (Path(__file__).parent / "json_testcases" / f"{name}.json").read_text().splitlines()
    return [json.loads(line) for line in lines if line.strip()]
`

const conftest = `import pytest


def pytest_configure(config):
    pytest.use_correct = False
    pytest.run_slow = False
`
