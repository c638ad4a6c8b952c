import { body, path, one, fence, family, gpt, claude, type Convention } from './convention.fixture.ts'

/** Tags of tools and prompts name the file and hold it. */
export const tags: readonly Convention[] = family('tags', [
  [
    '<tool_call> with JSON',
    'Qwen, Hermes',
    `<tool_call>\n${JSON.stringify({ name: 'write_file', arguments: { file_path: path, content: body } })}\n</tool_call>\n`,
  ],
  [
    'actions beside',
    'bolt.new',
    `<boltAction type="file" filePath="src/app.py">\n${body}</boltAction>\n<boltAction type="shell">\nnpm i\n</boltAction>\n`,
  ],
  ['<file path="">', 'prompts for Claude', `<file path="src/app.py">\n${body}</file>\n`],
  ['<file name="">', 'prompts for Claude', `<file name="src/app.py">\n${body}</file>\n`],
  ['<file path=""> around a fence', claude, `<file path="src/app.py">\n${fence('python')}</file>\n`],
  [
    '<file> with <path> and <content>',
    'prompts for Claude',
    `<file>\n<path>src/app.py</path>\n<content>\n${body}</content>\n</file>\n`,
  ],
  [
    '<file path=""> with <content>',
    'prompts for Claude',
    `<file path="src/app.py">\n<content>\n${body}</content>\n</file>\n`,
  ],
  ['<file> with CDATA', 'prompts for Gemini', `<file path="src/app.py"><![CDATA[\n${body}]]></file>\n`],
  [
    '<write_to_file>',
    'Cline, Roo Code',
    `<write_to_file>\n<path>src/app.py</path>\n<content>\n${body}</content>\n</write_to_file>\n`,
  ],
  [
    '<write_file path="">',
    'agents of local models',
    `<write_file path="src/app.py">\n${body}</write_file>\n`,
  ],
  [
    '<create_file> with <file_path>',
    'agents of local models',
    `<create_file>\n<file_path>src/app.py</file_path>\n<file_content>\n${body}</file_content>\n</create_file>\n`,
  ],
  [
    '<boltAction>',
    'bolt.new',
    `<boltArtifact id="a" title="App">\n<boltAction type="file" filePath="src/app.py">\n${body}</boltAction>\n</boltArtifact>\n`,
  ],
  ['<lov-write>', 'Lovable', `<lov-write file_path="src/app.py">\n${body}</lov-write>\n`],
  ['<dyad-write>', 'Dyad', `<dyad-write path="src/app.py" description="Entry">\n${body}</dyad-write>\n`],
  [
    '<antArtifact title="">',
    claude,
    `<antArtifact identifier="app" type="application/vnd.ant.code" title="src/app.py">\n${body}</antArtifact>\n`,
  ],
  [
    '<document> with <source>',
    'Anthropic prompts',
    `<document index="1">\n<source>src/app.py</source>\n<document_content>\n${body}</document_content>\n</document>\n`,
  ],
  [
    '<function=...>',
    'Qwen3-Coder, OpenHands',
    `<function=write_file>\n<parameter=path>\nsrc/app.py\n</parameter>\n<parameter=content>\n${body}</parameter>\n</function>\n`,
  ],
  [
    '<invoke name="">',
    claude,
    `<invoke name="write_file">\n<parameter name="path">src/app.py</parameter>\n<parameter name="content">${body}</parameter>\n</invoke>\n`,
  ],
  [
    '<path> above <content>',
    'agents of local models',
    `<path>src/app.py</path>\n<content>\n${body}</content>\n`,
  ],
  ['tags inside a fence', gpt, fence('xml', `<file path="src/app.py">\n${body}</file>\n`)],
  [
    'HTML in a file',
    'bolt.new',
    `<boltAction type="file" filePath="index.html">\n<html>\n<script src="a.js"></script>\n</html>\n</boltAction>\n`,
    { 'index.html': '<html>\n<script src="a.js"></script>\n</html>\n' },
  ],
  [
    'several',
    'bolt.new',
    `<file path="src/app.py">\n${body}</file>\n<file path="src/b.py">\nx = 1\n</file>\n`,
    { ...one, 'src/b.py': 'x = 1\n' },
  ],
])
