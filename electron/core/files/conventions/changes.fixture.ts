import { body, fence, family, bare, aider, gpt, qwen, type Convention } from './convention.fixture.ts'

const added = body.replaceAll(/^/gm, '+').replace(/\+$/, '')
const patch = `*** Begin Patch\n*** Add File: src/app.py\n${added}*** End Patch\n`

/** Changes that make a file, or apply to one. */
export const changes: readonly Convention[] = [
  ...family('changes', [
    [
      'a change of a file of the same answer',
      aider,
      `${fence('python:src/app.py', body.replace('os.name', 'os'))}\nsrc/app.py\n${fence('python', '<<<<<<< SEARCH\nprint(os)\n=======\nprint(os.name)\n>>>>>>> REPLACE\n')}`,
    ],
    [
      'SEARCH/REPLACE of a new file',
      'Aider, edit format "diff"',
      `src/app.py\n${fence('python', `<<<<<<< SEARCH\n=======\n${body}>>>>>>> REPLACE\n`)}`,
    ],
    [
      'name inside the fence',
      'Aider, edit format "diff-fenced"',
      fence('', `src/app.py\n<<<<<<< SEARCH\n=======\n${body}>>>>>>> REPLACE\n`),
    ],
    ['without a fence', 'Cline, Roo Code', `src/app.py\n<<<<<<< SEARCH\n=======\n${body}>>>>>>> REPLACE\n`],
    [
      'SEARCH/REPLACE of a known file',
      'Aider, edit format "diff"',
      `known.py\n${fence('python', '<<<<<<< SEARCH\nb = 2\n=======\nb = 3\n>>>>>>> REPLACE\n')}`,
      { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
    ],
    [
      'two changes of one file',
      'Aider, edit format "diff"',
      `known.py\n${fence('python', '<<<<<<< SEARCH\na = 1\n=======\na = 0\n>>>>>>> REPLACE\n\n<<<<<<< SEARCH\nc = 3\n=======\n>>>>>>> REPLACE\n')}`,
      { 'known.py': 'a = 0\nb = 2\n' },
    ],
    [
      'unified diff of a new file',
      'Aider, edit format "udiff"',
      fence('diff', `--- /dev/null\n+++ b/src/app.py\n@@ -0,0 +1,3 @@\n${added}`),
    ],
    [
      'unified diff of a known file',
      gpt,
      fence('diff', '--- a/known.py\n+++ b/known.py\n@@ -1,3 +1,3 @@\n a = 1\n-b = 2\n+b = 3\n c = 3\n'),
      { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
    ],
    [
      'without line numbers',
      'Aider, edit format "udiff"',
      fence('diff', '--- known.py\n+++ known.py\n@@ ... @@\n-b = 2\n+b = 3\n'),
      { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
    ],
    [
      'git diff without a fence',
      qwen,
      'diff --git a/known.py b/known.py\nindex 1..2 100644\n--- a/known.py\n+++ b/known.py\n@@ -1,3 +1,3 @@\n a = 1\n-b = 2\n+b = 3\n c = 3\n',
      { 'known.py': 'a = 1\nb = 3\nc = 3\n' },
    ],
  ]),
  ...bare('changes', [
    ['apply_patch', 'gpt-oss, Codex', patch],
    ['apply_patch in a fence', 'gpt-oss, Codex', fence('', patch)],
    [
      'apply_patch that updates',
      'gpt-oss, Codex',
      '*** Begin Patch\n*** Update File: known.py\n@@\n a = 1\n-b = 2\n+b = 5\n*** End Patch\n',
      { 'known.py': 'a = 1\nb = 5\nc = 3\n' },
    ],
  ]),
]
