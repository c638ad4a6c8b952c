import type { Prose } from './prose.ts'
import type { Random } from './random.ts'
import type { ProjectFile } from './project.ts'

/** Something in an answer that is no file: its text, and what of it may not become one. */
export type Noise = {
  readonly text: string
  /** Names in it that no file may have unless the answer has that file besides. */
  readonly names?: readonly string[]
  readonly blocks?: readonly string[]
  /** A file that it changes, and does not hold. */
  readonly changes?: string
}

type Surroundings = { readonly random: Random; readonly prose: Prose; readonly files: readonly ProjectFile[] }

const block = (word: string, content: string) => `\`\`\`${word}\n${content}\`\`\`\n`

function around(before: string, word: string, content: string, names: readonly string[] = []): Noise {
  return { text: `${before}${block(word, content)}`, blocks: [content], names }
}

const commands = ({ random, prose }: Surroundings): Noise =>
  around(`${prose.run}\n\n`, random.pick(['bash', 'sh', '', 'shell']), 'make install\nmake run\n')

const install = ({ random, prose }: Surroundings): Noise =>
  random.pick([
    around(`${prose.install}\n\n`, 'bash', 'pip install -r requirements.txt\n', ['requirements.txt']),
    around(`${prose.install}\n`, 'bash', 'pip install fastapi uvicorn\n'),
    around(`### ${prose.install}\n\n`, '', 'npm install\n'),
  ])

function output({ random }: Surroundings): Noise {
  return random.pick([
    around('The output should be:\n\n', '', '$ make test\n5 passed in 0.31s\n'),
    around('You should see:\n', 'console', '$ ls\nmain.py  out.log\n', ['out.log']),
    around(
      'If the database is missing you get:\n\n',
      'text',
      'Traceback (most recent call last):\n  File "server.py", line 3, in <module>\nsqlite3.OperationalError: unable to open database file\n',
      ['server.py'],
    ),
  ])
}

function tree({ random, prose, files }: Surroundings): Noise {
  const lines = files.map(({ path }, index) => `${index === files.length - 1 ? '└──' : '├──'} ${path}\n`)
  return around(
    `${prose.structure}\n\n`,
    random.pick(['', 'text', 'plaintext']),
    `project/\n${lines.join('')}`,
  )
}

/** A command under a sentence that names the file it uses. */
function usage({ random, files }: Surroundings): Noise {
  const runnable = files.filter(({ language }) => language === 'python' || language === 'bash')
  const path = runnable.length > 0 ? random.pick(runnable).path : 'manage.py'
  const command = `${path.endsWith('.sh') ? 'bash' : 'python'} ${path}\n`
  return random.pick([
    around(`Run \`${path}\`:\n\n`, 'bash', command, [path]),
    around(`**Run \`${path}\`:**\n`, 'bash', command, [path]),
    around(`### Running \`${path}\`\n\n`, 'sh', command, [path]),
    around(`Then start ${path}:\n`, '', command, [path]),
  ])
}

/** A few lines of a file that the reader knows, to make a point. */
function excerpt(surroundings: Surroundings): Noise {
  const { random } = surroundings
  const long = surroundings.files.filter(({ content }) => content.split('\n').length > 9)
  if (long.length === 0) return commands(surroundings)
  const { path, language, content } = random.pick(long)
  const lines = content.split('\n').filter((line) => !line.includes('```'))
  const from = random.below(Math.max(lines.length - 4, 1))
  const part = `${lines.slice(from, from + 3).join('\n')}\n`
  return around(`The important part of \`${path}\` is this:\n\n`, language, part, [path])
}

function shortSample({ random }: Surroundings): Noise {
  return random.pick([
    around('It reads the port as in `config.py`:\n\n', 'python', 'PORT = int(os.environ["PORT"])\n', [
      'config.py',
    ]),
    around(
      'You can call it from your own code:\n\n',
      'python',
      'store = open_store()\nprint(store.count())\n',
    ),
    around('For example, if your `settings.json` has\n\n', 'json', '{ "debug": true }\n', ['settings.json']),
    around('A request then looks like this:\n\n', 'json', '{\n  "title": "First",\n  "tags": []\n}\n'),
    around('Later you may want to add this line to `crontab.txt`:\n', '', '0 3 * * * make backup\n', [
      'crontab.txt',
    ]),
  ])
}

function web({ random }: Surroundings): Noise {
  return random.pick([
    around(
      'Authorization: Bearer <your_token>\n',
      'http',
      'GET /api/items HTTP/1.1\nHost: localhost:8000\nAuthorization: Bearer <your_token>\n',
      ['Authorization: Bearer <your_token>', 'Bearer <your_token>'],
    ),
    around(
      'https://example.com/docs/index.html\n',
      'bash',
      'curl -s https://example.com/api/v1/status.json\n',
      ['https://example.com/docs/index.html', 'index.html', 'status.json', 'docs/index.html'],
    ),
    around('Test it with curl:\n\n', 'bash', 'curl -X POST localhost:8000/items -d @item.json\n', [
      'item.json',
    ]),
    around('Content-Type: application/json\n\n', 'json', '{ "ok": true }\n', [
      'Content-Type: application/json',
    ]),
  ])
}

function echo({ random }: Surroundings): Noise {
  return random.pick([
    around('As you asked, each file has this form:\n\nFile: `path/to/file.ext`\n', 'language', 'code\n', [
      'path/to/file.ext',
    ]),
    around('Format:\n\nFILENAME\n', 'LANGUAGE', 'CODE\n', ['FILENAME']),
    around('I will write the files like this:\n\n', 'python:path/to/file.py', '# code here\n', [
      'path/to/file.py',
    ]),
    around('**your_file.py**\n', 'python', '# your code here\n', ['your_file.py']),
    {
      text: '<write_to_file>\n<path>File path here</path>\n<content>\nYour file content here\n</content>\n</write_to_file>\n',
      names: ['File path here'],
      blocks: ['Your file content here\n', 'Your file content here'],
    },
  ])
}

function escape({ random }: Surroundings): Noise {
  return random.pick([
    around('File: `../../etc/passwd`\n', 'text', 'root:x:0:0:root:/root:/bin/bash\n', [
      '../../etc/passwd',
      'etc/passwd',
      'passwd',
    ]),
    around('**/etc/systemd/system/app.service**\n', 'ini', '[Service]\nExecStart=/usr/bin/app\n', [
      '/etc/systemd/system/app.service',
      'etc/systemd/system/app.service',
    ]),
    around('', 'text:C:\\Windows\\System32\\drivers\\etc\\hosts', '127.0.0.1 app.local\n', [
      'C:\\Windows\\System32\\drivers\\etc\\hosts',
      'hosts',
    ]),
    around('### `~/.ssh/config`\n\n', '', 'Host staging\n  User deploy\n', ['~/.ssh/config', '.ssh/config']),
  ])
}

function mermaid(): Noise {
  return around(
    'The flow:\n\n',
    'mermaid',
    'sequenceDiagram\n  Browser->>API: GET /items\n  API-->>Browser: 200\n',
  )
}

function table({ files }: Surroundings): Noise {
  const rows = files.map(({ path }) => `| \`${path}\` | see below |\n`)
  return { text: `| File | Purpose |\n|------|---------|\n${rows.join('')}` }
}

/** A change to a file that the answer does not hold: a reader cannot tell the whole of it. */
function foreignChange({ random }: Surroundings): Noise {
  const diff = '--- a/legacy/util.py\n+++ b/legacy/util.py\n@@ -1,2 +1,2 @@\n-x = 1\n+x = 2\n y = 3\n'
  const search = '<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n'
  const added = 'def twice(x):\n    return 2 * x\n'
  const changes = 'legacy/util.py'
  return random.pick([
    { ...around('This also needs a small change elsewhere:\n\n', 'diff', diff), changes, blocks: [] },
    { ...around(`${changes}\n`, 'python', search), changes, blocks: [] },
    {
      ...around(`### Update \`${changes}\`\n\nAdd this function at the end:\n\n`, 'python', added),
      changes,
      blocks: [],
    },
  ])
}

const worker = `import queue
import threading


class Worker(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.jobs = queue.Queue()

    def run(self):
        while True:
            job = self.jobs.get()
            job()
            self.jobs.task_done()
`

/** Code as long as a file, and no word of what it would be called. */
function nameless({ random }: Surroundings): Noise {
  return random.pick([
    around('You will also need a background worker. It is quite short:\n\n', 'python', worker),
    around('Both `jobs.py` and `queue_worker.py` can share this:\n\n', 'python', worker, [
      'jobs.py',
      'queue_worker.py',
    ]),
  ])
}

function leftAlone({ random }: Surroundings): Noise {
  return random.pick([
    { text: '`setup.cfg` (no changes needed)\n', names: ['setup.cfg'] },
    around('results/\n', 'bash', 'mkdir -p results\n', ['results/', 'results']),
    around('Delete `old_main.py`, nothing uses it:\n\n', 'bash', 'rm old_main.py\n', ['old_main.py']),
  ])
}

/** What stands between the files of answers, by the name of the trap. */
export const noises: readonly {
  readonly trap: string
  readonly weight: number
  readonly make: (surroundings: Surroundings) => Noise
}[] = [
  { trap: 'commands', weight: 4, make: commands },
  { trap: 'install block', weight: 3, make: install },
  { trap: 'output', weight: 2, make: output },
  { trap: 'directory tree', weight: 3, make: tree },
  { trap: 'usage that names a file', weight: 3, make: usage },
  { trap: 'excerpt of a file', weight: 2, make: excerpt },
  { trap: 'short sample', weight: 3, make: shortSample },
  { trap: 'address or header', weight: 2, make: web },
  { trap: 'prompt echo', weight: 1.5, make: echo },
  { trap: 'path out of the folder', weight: 1, make: escape },
  { trap: 'diagram', weight: 1, make: mermaid },
  { trap: 'table of files', weight: 1, make: table },
  { trap: 'change to an unknown file', weight: 1, make: foreignChange },
  { trap: 'code without a name', weight: 1.5, make: nameless },
  { trap: 'file left alone', weight: 1, make: leftAlone },
]
