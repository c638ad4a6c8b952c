import { describe, expect, test } from 'vitest'
import { controlFileReason } from './control-files.ts'

// The list of security.md P7, spelled out rather than taken from the table under test.
const controlFiles = [
  ...['.git/config', '.git/hooks/pre-commit', 'hooks/post-checkout', '.githooks/pre-push', '.gitmodules'],
  ...['.gitattributes', '.gitconfig', 'bare/HEAD', '.husky/pre-commit', '.pre-commit-config.yaml'],
  ...['.vscode/tasks.json', '.vscode/settings.json', '.vscode/launch.json', '.vscode/extensions.json'],
  ...['.paddock/config.yaml', '.paddock/workflows/mine.yaml', '.Paddock/config.yaml'],
  ...['.idea/workspace.xml', '.idea/runConfigurations/all.xml', '.devcontainer/devcontainer.json'],
  ...['.devcontainer.json', 'team.code-workspace', '.vimrc', '.exrc', '.dir-locals.el'],
  ...['.cursor/mcp.json', '.cursor/rules/a.mdc', '.cursorrules', '.claude/settings.json', 'AGENTS.md'],
  ...['.claude/hooks/run.sh', 'CLAUDE.md', 'CLAUDE.local.md', 'GEMINI.md', '.github/copilot-instructions.md'],
  ...['.mcp.json', '.windsurfrules', '.clinerules', '.aider.conf.yml', '.github/instructions/all.md'],
  ...['.envrc', '.env', '.env.local', '.env.production', '.env.example.local'],
  ...['package.json', '.npmrc', '.yarnrc', '.yarnrc.yml', '.yarn/releases/yarn.cjs', '.pnpmfile.cjs'],
  ...['binding.gyp', 'node_modules/x/index.js', 'setup.py', 'build.rs', '.cargo/config.toml'],
  ...['Makefile', 'GNUmakefile', 'rules.mk', 'Rakefile', 'conftest.py', 'noxfile.py', 'build.gradle.kts'],
  ...[
    'eslint.config.mjs',
    '.eslintrc.js',
    'sitecustomize.py',
    'usercustomize.py',
    'distutils-precedence.pth',
  ],
  ...['.bashrc', '.bash_profile', '.profile', '.zshrc', '.zshenv', '.inputrc', '.gdbinit', '.netrc'],
  ...['.config/fish/config.fish', '.ssh/authorized_keys', '.ssh/config', '.aws/credentials'],
  ...['.github/workflows/ci.yml', '.github/actions/a/action.yml', '.gitlab-ci.yml', 'Jenkinsfile'],
  ...['.circleci/config.yml', '.travis.yml', 'azure-pipelines-nightly.yml'],
  ...['Dockerfile', 'Dockerfile.prod', 'web.dockerfile', 'Containerfile', 'docker-compose.yml'],
  ...['docker-compose.override.yaml', 'compose.yaml', 'compose.dev.yml', 'Vagrantfile'],
  ...['desktop.ini', 'readme.lnk', 'autorun.inf', 'start.desktop', 'share.url', '.htaccess'],
]

const ordinaryFiles = [
  ...['README.md', 'src/main.ts', 'src/hooks/use-theme.ts', 'hooks/update.ts', 'src/git/commit.ts'],
  ...[
    '.gitignore',
    '.env.example',
    '.env.sample',
    'config/.env.template',
    'src/env.ts',
    'environment.env.md',
  ],
  ...['package-lock.json', 'my-package.json.md', 'docs/Makefile.md', 'src/makefile.ts', 'test_conftest.py'],
  ...['src/docker.ts', 'docs/dockerfile-guide.md', 'compose.py', 'docker-compose.md', 'vscode/tasks.json'],
  ...['.github/ISSUE_TEMPLATE/bug.md', 'docs/agents.mdx', 'agents/base.py', 'claude.ts', 'profile.ts'],
  ...[
    'linked.list.ts',
    'desktop.tsx',
    'ssh/client.go',
    'requirements.txt',
    'tests/test_setup.py',
    'index.html',
  ],
]

describe('control files (P7)', () => {
  test('are held back as they are, in capitals, and deeper in a fullwidth spelling', () => {
    const fullwidth = (text: string) =>
      text.replace(/[a-z]/gi, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))
    const paths = controlFiles.flatMap((path) => [path, path.toUpperCase(), `deep/er/${fullwidth(path)}`])
    expect(controlFiles.length).toBeGreaterThanOrEqual(60)
    expect(paths.filter((path) => controlFileReason(path) === null)).toEqual([])
  })

  test('are held back in the spelling of Windows', () => {
    expect(controlFileReason('.cUrSoR\\mcp.json')).toBe(controlFileReason('.cursor/mcp.json'))
  })

  test('have a reason that says who obeys them', () => {
    expect(controlFileReason('.vscode/tasks.json')).toContain('Editors')
    expect(controlFileReason('AGENTS.md')).toContain('assistants')
    expect(controlFileReason('package.json')).toContain('scripts')
    expect(controlFileReason('.env')).toContain('secrets')
  })

  test('are few: ordinary files pass', () => {
    expect(ordinaryFiles.filter((path) => controlFileReason(path) !== null)).toEqual([])
  })

  test('are found in linear time in a hostile path', () => {
    expect(controlFileReason('docker-compose'.repeat(100_000))).toBeNull()
    expect(controlFileReason('compose./'.repeat(100_000))).toBeNull()
  })
})
