import { basename } from 'node:path/posix'
import { controlFileReason } from '../files/control-files.ts'
import { createNameTable } from './name-table.ts'

const isSkippedFolder = createNameTable(`
  node_modules/ bower_components/ jspm_packages/ site-packages/ .eggs/ *.egg-info/ *.dist-info/ vendor/ third_party/
  Pods/ Carthage/ venv/ .venv/ virtualenv/ .virtualenv/ .conda/
  .hg/ .svn/ .bzr/ CVS/
  dist/ build/ out/ target/ obj/ _build/ bazel-*/ cmake-build-*/ DerivedData/ storybook-static/
  __pycache__/ .cache/ .*_cache/ .tox/ .nox/ .ipynb_checkpoints/ .hypothesis/ .parcel-cache/ .turbo/ .nx/ .next/
  .nuxt/ .output/ .svelte-kit/ .astro/ .vite/ .angular/ .expo/ .gradle/ .terraform/ .terragrunt-cache/ .serverless/
  .aws-sam/ .vagrant/ .dart_tool/ .stack-work/ dist-newstyle/ elm-stuff/ .nyc_output/ coverage/ htmlcov/`)

const isSecretFolder = createNameTable(`
  .ssh/ .gnupg/ .m2/ .aws/ .azure/ .gcloud/ .kube/ .docker/ .password-store/ secrets/ .secrets/ private_keys/ private-keys/`)

// Of file names alone: a folder may well be called `token`.
const isSecretName = createNameTable(`
  .env* *.env .flaskenv !.env.example !.env.sample !.env.template !.env.dist !example.env !sample.env !template.env
  *.pem *.key *.p12 *.pfx *.p8 *.pkcs12 *.jks *.keystore *.truststore *.ppk *.gpg *.pgp *.kdb *.kdbx *.agekey
  *.ovpn *.mobileprovision id_rsa* id_dsa* id_ecdsa* id_ed25519* *_rsa *_ed25519 ssh_host_* authorized_keys
  .netrc _netrc .npmrc .yarnrc* .pypirc pip.conf .pgpass pgpass.conf .my.cnf .mylogin.cnf .git-credentials
  .dockercfg .dockerconfigjson .htpasswd .s3cfg .boto .vault-token .vault_pass* *vault_pass* .terraformrc
  terraform.rc *.tfstate *.tfstate.* *.tfvars *.tfvars.json kubeconfig kubeconfig.* *.kubeconfig
  credentials* *.credentials *credentials.json *credentials.y*ml client_secret*.json secrets secrets.* *.secrets
  *.secret secret.* *-secret.y*ml *-secrets.y*ml *secrets.json service-account*.json service_account*.json
  *firebase-adminsdk*.json google-services.json GoogleService-Info.plist access_token access_token.txt access_token.json *.token token token.json auth.json
  *_history shadow passwd keystore.properties local.properties key.properties
  ${moduleNames('credentials')}`)

/** Modules about a thing, such as `credentials-form.tsx`; their content is looked through as that of any file. */
function moduleNames(stem: string): string {
  const extensions = 'py js jsx mjs cjs ts tsx mts cts vue svelte java kt go rs rb php cs swift html css scss'
  return extensions
    .split(' ')
    .map((extension) => `!${stem}[!.]*.${extension}`)
    .join(' ')
}

// Of the files that tools obey, those that are source of a project: to read them starts nothing.
const isSourceOfProject = createNameTable(`
  package.json composer.json Gemfile *.gemspec setup.py build.rs binding.gyp
  Makefile GNUmakefile *.mk Justfile Rakefile Taskfile.y* conftest.py noxfile.py build.gradle* settings.gradle*
  Directory.Build.props Directory.Build.targets eslint.config.* .eslintrc* prettier.config.* .prettierrc.*
  .pre-commit-config.yaml lefthook.* .lefthook.* .huskyrc* .lintstagedrc* .husky/ .githooks/ .gitattributes
  .github/workflows/ .github/actions/ .gitea/workflows/ .forgejo/workflows/ .gitlab-ci.yml Jenkinsfile .circleci/
  .travis.yml azure-pipelines*.yml bitbucket-pipelines.yml .drone.yml .woodpecker.y* .woodpecker/ .buildkite/
  appveyor.yml .appveyor.yml cloudbuild.y*
  Dockerfile Dockerfile.* *.dockerfile Containerfile Containerfile.* docker-compose*.yml docker-compose*.yaml
  compose.yml compose.*.yml compose.yaml compose.*.yaml Vagrantfile .htaccess web.config .user.ini
  *.desktop`)

// The same list does not tell that these steer a coding assistant or an editor.
const isSteering = createNameTable(`
  .cursorignore .cursorindexingignore .github/copilot* .rules
  .trae/ .augment/ .augment-guidelines .qwen/ QWEN.md WARP.md CRUSH.md .crush/ .factory/ .goose/ .idx/ .replit
  .vscode-test/ *.sublime-workspace *.iml .nova/ .theia/`)

const isLockName = createNameTable(`
  *.lock *.lockb *.lockfile package-lock.json npm-shrinkwrap.json pnpm-lock.yaml packages.lock.json go.sum
  go.work.sum deno.lock .terraform.lock.hcl Package.resolved`)

const isMadeName = createNameTable(`
  *.min.js *.min.mjs *.min.css *.bundle.js *.chunk.js *.map *.pb.go *_pb2.py *_pb2.pyi *_pb2_grpc.py *.pb.cc *.pb.h
  *.g.dart *.freezed.dart *.designer.cs *.g.cs *.generated.* *_generated.* *.gen.go *.d.ts.map *.pyc *.class`)

/** Why nothing in a folder is read, by its name; null where it is. `folder` has no slash at its end. */
export function unreadFolderReason(folder: string): string | null {
  const path = `${folder}/`
  if (folder.toLowerCase() === 'output') return "holds Paddock's own outputs"
  if (/(?:^|\/)\.paddock\/$/i.test(path)) return "is Paddock's own folder"
  if (isSecretFolder(path)) return secretReason
  if (isSkippedFolder(path)) return 'holds what is installed, built or cached'
  return steeringReason(path)
}

/** Why a file is never opened: its name says that it may hold secrets, or that it steers a tool; null for all others. */
export function closedFileReason(path: string): string | null {
  return isSecretName(basename(path)) ? secretReason : steeringReason(path)
}

/** Why a file is no input for a model though nothing speaks against reading it; null for all others. */
export function madeFileReason(path: string): string | null {
  const name = basename(path)
  if (isLockName(name)) return 'is a lock file'
  return isMadeName(name) ? 'is made by a program from other files' : null
}

/** Whether a name is one of Git's own, which are not even worth a line. */
export const isGitsOwn = (name: string): boolean => name.toLowerCase() === '.git'

/** Files that mark their folder as a virtual environment or a cache, whatever its name. */
export const folderMarks: ReadonlySet<string> = new Set(['pyvenv.cfg', 'CACHEDIR.TAG'])

const secretReason = 'may hold secrets by its name, so it was not opened'

// By the last name first: an AGENTS.md lies in a folder of workflows as in any other.
function steeringReason(path: string): string | null {
  const name = basename(path) + (path.endsWith('/') ? '/' : '')
  return obeyedReason(name) ?? obeyedReason(path)
}

function obeyedReason(path: string): string | null {
  if (isSourceOfProject(path)) return null
  if (isSteering(path)) return 'steers a coding assistant or an editor'
  return controlFileReason(path)
}
