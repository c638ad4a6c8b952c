import { describe, expect, test } from 'vitest'
import { closedFileReason, madeFileReason, unreadFolderReason } from './unread-names.ts'

const fullwidth = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))
const spellings = (path: string) => [path, path.toUpperCase(), `deep/er/${path}`, fullwidth(path)]

// Spelled out rather than taken from the table under test.
const secrets = [
  ...['.env', '.env.local', '.env.production', '.env.example.local', '.envrc', 'prod.env', '.flaskenv'],
  ...['server.pem', 'tls.key', 'cert.p12', 'cert.pfx', 'app.jks', 'release.keystore', 'vault.kdbx', 'me.gpg'],
  ...['id_rsa', 'id_rsa.pub', 'id_ed25519', 'deploy_rsa', 'authorized_keys', '.netrc', '_netrc', '.npmrc'],
  ...[
    '.yarnrc.yml',
    '.pypirc',
    'pip.conf',
    '.pgpass',
    '.my.cnf',
    '.git-credentials',
    '.htpasswd',
    '.dockercfg',
  ],
  ...['credentials', 'credentials.json', 'credentials.yml.enc', 'credentials.py', 'gcp-credentials.json'],
  ...[
    'credentials_prod',
    'credentials-prod.json',
    'secrets.yaml',
    'secrets.py',
    'secret.json',
    'app-secrets.yaml',
  ],
  ...[
    'client_secret_123.json',
    'service-account.json',
    'service_account_prod.json',
    'auth.json',
    'token.json',
  ],
  ...['x-firebase-adminsdk-1.json', 'google-services.json', 'terraform.tfstate', 'prod.tfvars', 'kubeconfig'],
  ...['.bash_history', '.vault_pass', '.terraformrc', 'local.properties'],
]
const steering = [
  ...[
    'AGENTS.md',
    'CLAUDE.md',
    'CLAUDE.local.md',
    'GEMINI.md',
    '.cursorrules',
    '.windsurfrules',
    '.mcp.json',
  ],
  ...['.github/copilot-instructions.md', '.github/instructions/all.md', '.aider.conf.yml', '.goosehints'],
  ...['team.code-workspace', '.vimrc', '.dir-locals.el', 'project.sublime-workspace', '.cursorignore'],
  ...['.bashrc', '.profile', 'sitecustomize.py', '.gitmodules', '.DS_Store', 'run.lnk', 'mise.toml'],
]
const input = [
  ...['package.json', 'setup.py', 'composer.json', 'Gemfile', 'build.rs', 'Makefile', 'rules.mk', 'Rakefile'],
  ...['conftest.py', 'noxfile.py', 'build.gradle.kts', 'eslint.config.mjs', '.pre-commit-config.yaml'],
  ...['Dockerfile', 'Dockerfile.prod', 'docker-compose.yml', 'compose.override.yaml', 'Vagrantfile'],
  ...['.github/workflows/ci.yml', '.github/actions/a/action.yml', '.gitlab-ci.yml', 'Jenkinsfile'],
  ...['.circleci/config.yml', '.gitattributes', '.env.example', '.env.sample', '.env.template', 'README.md'],
  ...[
    'src/tokens.py',
    'src/token/parser.go',
    'lib/secrets_manager.py',
    'src/credentials/form.tsx',
    'src/env.ts',
  ],
  ...['src/credentials-form.tsx', 'src/credentialsProvider.ts', 'keys.py', 'src/password.py', 'main.tf'],
  ...[
    'prod.tfvars.example',
    'src/agents.md.ts',
    'docs/agents.py',
    'environment.yml',
    'shadow.css',
    'history.py',
  ],
]

describe('what is never opened', () => {
  test('files that may hold secrets, however they are spelled', () => {
    const open = secrets.flatMap(spellings).filter((path) => !closedFileReason(path)?.includes('secrets'))
    expect(open).toEqual([])
  })

  test('files that steer an assistant, an editor or a shell', () => {
    expect(steering.flatMap(spellings).filter((path) => closedFileReason(path) === null)).toEqual([])
  })

  test('folders of assistants and editors are closed within any other', () => {
    const folders = ['.github/workflows/.cursor', '.circleci/.vscode', '.husky/.claude']
    expect(folders.filter((folder) => unreadFolderReason(folder) === null)).toEqual([])
  })

  test('but source that tools obey is input: reading it starts nothing', () => {
    expect(input.filter((path) => closedFileReason(path) !== null)).toEqual([])
  })

  test('folders of secrets, of assistants, of what is installed, and the own ones', () => {
    const closed = [
      '.ssh',
      '.aws',
      '.kube',
      'secrets',
      '.cursor',
      '.claude',
      '.vscode',
      '.idea',
      '.devcontainer',
    ]
    const skipped = [
      'node_modules',
      'venv',
      '.venv',
      '__pycache__',
      'dist',
      'build',
      'target',
      '.next',
      'x.egg-info',
    ]
    const own = ['output', '.paddock', 'sub/.paddock']
    const folders = [...closed, ...skipped].flatMap((folder) => [
      folder,
      `sub/${folder}`,
      folder.toUpperCase(),
    ])
    expect([...folders, ...own].filter((folder) => unreadFolderReason(folder) === null)).toEqual([])
  })

  test('and no others', () => {
    const folders = [
      'src',
      'src/output',
      'bin',
      'env',
      'lib',
      'docs',
      '.github',
      '.github/workflows',
      '.circleci',
      'token',
    ]
    expect(folders.filter((folder) => unreadFolderReason(folder) !== null)).toEqual([])
  })
})

test('what programs made from other files is known by its name', () => {
  const made = [
    'package-lock.json',
    'yarn.lock',
    'go.sum',
    'sub/poetry.lock',
    'bun.lockb',
    'a.min.js',
    'a.js.map',
    'x_pb2.py',
  ]
  expect(made.filter((path) => madeFileReason(path) === null)).toEqual([])
  const others = ['lock.py', 'src/lock.ts', 'package.json', 'min.js', 'map.ts', 'go.mod']
  expect(others.filter((path) => madeFileReason(path) !== null)).toEqual([])
})
