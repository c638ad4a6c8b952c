import { foldName } from './path-rules.ts'

interface ControlGroup {
  /** Words for the person who is asked to look at the file. */
  readonly reason: string
  /** At any depth; `*` stands for any characters of one part; a `/` at the end means the folder and all in it. */
  readonly patterns: readonly string[]
  readonly except?: readonly string[]
}

const gitHooks = words(`applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit
  prepare-commit-msg commit-msg post-commit pre-rebase post-checkout post-merge pre-push pre-receive update
  proc-receive post-receive post-update reference-transaction push-to-checkout pre-auto-gc post-rewrite
  sendemail-validate fsmonitor-watchman post-index-change`)

const groups: readonly ControlGroup[] = [
  {
    reason: 'Git obeys this file: it can start programs or change what Git fetches and stores.',
    patterns: [
      ...words('.git/ .gitmodules .gitattributes .gitconfig .githooks/ HEAD'),
      ...gitHooks.map((hook) => `hooks/${hook}`),
    ],
  },
  {
    reason: 'This file starts programs at each commit.',
    patterns: words('.husky/ .pre-commit-config.yaml lefthook.* .lefthook.* .huskyrc* .lintstagedrc*'),
  },
  {
    reason:
      'Editors obey this file as soon as the folder is opened: it can start programs or change settings.',
    patterns: words(`.vscode/ .idea/ .vs/ .fleet/ .zed/ .devcontainer/ .devcontainer.json .gitpod.yml
      *.code-workspace *.sublime-project .vimrc .exrc .nvimrc .nvim.lua .dir-locals.el .emacs`),
  },
  {
    reason: 'Paddock obeys this file: it says how later runs work.',
    patterns: words('.paddock/'),
  },
  {
    reason: 'Coding assistants take this file for instructions or settings.',
    patterns: words(`.cursor/ .cursorrules .claude/ CLAUDE.md CLAUDE.local.md AGENTS.md AGENTS.override.md
      AGENT.md .agents/ SKILL.md GEMINI.md .gemini/ .codex/ .windsurf/ .windsurfrules .clinerules/ .roo/
      .roorules .roomodes .continue/ .aider* .kiro/ .amazonq/ .junie/ .opencode/ opencode.json .goosehints
      .mcp.json mcp.json .github/copilot-instructions.md .github/instructions/ .github/prompts/
      .github/chatmodes/ .github/agents/`),
  },
  {
    reason: 'This file sets the environment in which programs run, and often holds secrets.',
    patterns: words('.env .env.* .envrc .direnv/ mise.toml .mise.toml .mise/'),
    except: words('.env.example .env.sample .env.template'),
  },
  {
    reason: 'Package managers obey this file: installing can run its scripts or fetch from another place.',
    patterns: words(`package.json .npmrc .yarnrc* .yarn/ .pnpmfile.cjs bunfig.toml binding.gyp node_modules/
      setup.py pip.conf .pypirc composer.json Gemfile *.gemspec build.rs .cargo/ nuget.config`),
  },
  {
    reason: 'Build tools, linters and test runners run this file on their own.',
    patterns: words(`Makefile GNUmakefile *.mk Justfile Rakefile Taskfile.y* conftest.py noxfile.py
      build.gradle* settings.gradle* gradlew gradlew.bat gradle-wrapper.* .mvn/ Directory.Build.props
      Directory.Build.targets eslint.config.* .eslintrc* prettier.config.* .prettierrc.*`),
  },
  {
    reason: 'Python runs this file each time it starts.',
    patterns: words('sitecustomize.py usercustomize.py *.pth .pythonrc* pyvenv.cfg'),
  },
  {
    reason: 'Shells and command-line tools obey this file each time they start.',
    patterns: words(`.bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv
      .zprofile .zlogin .zlogout .kshrc .cshrc .tcshrc .login .inputrc config.fish *profile.ps1 .tmux.conf
      .screenrc .gdbinit .lldbinit .psqlrc .irbrc .Rprofile .Renviron .curlrc .wgetrc .xinitrc .xprofile`),
  },
  {
    reason: 'This file decides who may log in, and with which keys.',
    patterns: words('.ssh/ authorized_keys .gnupg/ .netrc .aws/ .kube/ .docker/'),
  },
  {
    reason: 'Build servers run this file, often with access to secrets.',
    patterns: words(`.github/workflows/ .github/actions/ .gitea/workflows/ .forgejo/workflows/ .gitlab-ci.yml
      Jenkinsfile .circleci/ .travis.yml azure-pipelines*.yml bitbucket-pipelines.yml .drone.yml
      .woodpecker.y* .woodpecker/ .buildkite/ appveyor.yml .appveyor.yml cloudbuild.y*`),
  },
  {
    reason: 'Container and machine tools run what this file says, and it can give away your folders.',
    patterns: words(`Dockerfile Dockerfile.* *.dockerfile Containerfile Containerfile.*
      docker-compose*.yml docker-compose*.yaml compose.yml compose.*.yml compose.yaml compose.*.yaml Vagrantfile`),
  },
  {
    reason: 'The desktop obeys this file when the folder is shown or the file is opened.',
    patterns: words(`desktop.ini autorun.inf *.lnk *.url *.scf *.desktop .directory *.webloc *.inetloc
      *.library-ms *.search-ms *.searchconnector-ms .DS_Store autostart/ LaunchAgents/`),
  },
  {
    reason: 'Web servers obey this file in the folder where it lies.',
    patterns: words('.htaccess .htpasswd .user.ini web.config'),
  },
]

const NOTHING = /(?!)/

const compiled = groups.map(({ reason, patterns, except = [] }) => ({
  reason,
  matches: compilePatterns(patterns),
  excepts: compilePatterns(except),
}))

/**
 * Why a proposed file is held back for a person's own look: tools obey it as soon as it lies there; null for an
 * ordinary file. Compared case-folded and NFKC.
 */
export function controlFileReason(path: string): string | null {
  const folded = foldName(path).replaceAll('\\', '/')
  const group = compiled.find(({ matches, excepts }) => matches.test(folded) && !excepts.test(folded))
  return group?.reason ?? null
}

function words(text: string): string[] {
  return text.split(/\s+/)
}

// One expression per group; each alternative starts at a part's edge and has one star at most: linear time.
function compilePatterns(patterns: readonly string[]): RegExp {
  if (patterns.length === 0) return NOTHING
  const sources = patterns.map((pattern) => {
    const isFolder = pattern.endsWith('/')
    const name = foldName(isFolder ? pattern.slice(0, -1) : pattern)
    const source = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')
    return source + (isFolder ? '(?:/|$)' : '$')
  })
  return new RegExp(`(?:^|/)(?:${sources.join('|')})`)
}
