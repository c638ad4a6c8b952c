/** Languages as fences name them, and the extensions and bare names of the files that are written in them. */
interface FileKind {
  readonly languages: readonly string[]
  readonly extensions: readonly string[]
  readonly names?: readonly string[]
}

const kinds: readonly FileKind[] = [
  {
    languages: words('python py python3 py3 cython'),
    extensions: words('py pyi pyw pyx pxd'),
    names: words('SConstruct SConscript Snakefile'),
  },
  {
    languages: words('javascript js jsx node nodejs mjs cjs typescript ts tsx'),
    extensions: words('js mjs cjs jsx ts mts cts tsx json vue svelte astro'),
  },
  {
    languages: words('json json5 jsonc jsonl ndjson geojson'),
    extensions: words('json json5 jsonc jsonl ndjson geojson webmanifest ipynb map'),
    names: words('.eslintrc .prettierrc .babelrc .stylelintrc .swcrc .jshintrc .watchmanconfig'),
  },
  {
    languages: words('yaml yml'),
    extensions: words('yaml yml'),
    names: words('.eslintrc .prettierrc .stylelintrc .clang-format .clang-tidy .yamllint .condarc'),
  },
  {
    languages: words(
      'toml ini cfg conf config properties editorconfig dotenv env systemd nginx apache apacheconf',
    ),
    extensions: words(
      'toml ini cfg conf config properties env service timer socket lock desktop editorconfig',
    ),
    names: words(
      '.env .editorconfig .npmrc .yarnrc .flake8 .pylintrc .coveragerc .gitconfig .htaccess .envrc Pipfile',
    ),
  },
  {
    languages: words('bash sh shell zsh fish ksh shellscript bats'),
    extensions: words('sh bash zsh fish ksh bats command'),
    names: words('.env .envrc .bashrc .bash_profile .profile .zshrc .zshenv gradlew mvnw'),
  },
  // What a terminal shows is never a file.
  { languages: words('console terminal shell-session shellsession output stdout'), extensions: [] },
  { languages: words('powershell ps1 pwsh'), extensions: words('ps1 psm1 psd1') },
  { languages: words('batch bat cmd dosbatch batchfile'), extensions: words('bat cmd') },
  {
    languages: words(
      'html htm xhtml html5 jinja jinja2 django handlebars hbs mustache ejs erb vue svelte astro',
    ),
    extensions: words(
      'html htm xhtml vue svelte astro hbs handlebars mustache ejs erb njk liquid jinja2 jinja',
    ),
  },
  {
    languages: words('css scss sass less stylus postcss'),
    extensions: words('css scss sass less styl pcss'),
  },
  {
    languages: words('xml xsd xsl xslt svg plist xaml'),
    extensions: words('xml xsd xsl xslt svg plist xaml csproj fsproj vbproj props targets resx pom rss atom'),
  },
  { languages: words('sql mysql postgresql postgres sqlite plsql tsql'), extensions: words('sql ddl dml') },
  {
    languages: words('c cpp c++ cc cxx h hpp objective-c objc objectivec arduino cuda'),
    extensions: words('c h cpp cc cxx hpp hh hxx m mm ino cu cuh inl ipp'),
  },
  { languages: words('cmake'), extensions: words('cmake'), names: ['CMakeLists.txt'] },
  { languages: words('java'), extensions: words('java jav') },
  {
    languages: words('kotlin kt kts groovy gradle'),
    extensions: words('kt kts groovy gradle'),
    names: words('Jenkinsfile'),
  },
  { languages: words('scala sbt'), extensions: words('scala sbt sc') },
  { languages: words('clojure clj'), extensions: words('clj cljs cljc edn') },
  { languages: words('csharp cs c# razor cshtml'), extensions: words('cs csx cshtml razor') },
  { languages: words('fsharp f# fs'), extensions: words('fs fsi fsx') },
  { languages: words('vb vbnet visualbasic'), extensions: words('vb vbs bas') },
  { languages: words('go golang mod gomod gosum'), extensions: words('go mod sum work') },
  { languages: words('rust rs'), extensions: words('rs') },
  { languages: words('swift'), extensions: words('swift') },
  { languages: words('dart'), extensions: words('dart') },
  { languages: words('zig zon'), extensions: words('zig zon') },
  { languages: words('nim'), extensions: words('nim nims nimble') },
  {
    languages: words('ruby rb'),
    extensions: words('rb ru rake gemspec erb'),
    names: words('Gemfile Rakefile Podfile Vagrantfile Fastfile Brewfile Guardfile Capfile'),
  },
  { languages: words('php'), extensions: words('php phtml') },
  { languages: words('perl pl'), extensions: words('pl pm t') },
  { languages: words('lua luau'), extensions: words('lua luau') },
  { languages: words('r'), extensions: words('r rmd') },
  { languages: words('julia jl'), extensions: words('jl') },
  { languages: words('elixir ex exs heex'), extensions: words('ex exs eex heex leex') },
  { languages: words('erlang erl'), extensions: words('erl hrl') },
  { languages: words('haskell hs cabal'), extensions: words('hs lhs cabal') },
  { languages: words('ocaml ml'), extensions: words('ml mli') },
  { languages: words('lisp elisp scheme racket'), extensions: words('lisp el scm rkt') },
  { languages: words('solidity sol'), extensions: words('sol') },
  { languages: words('gdscript gd'), extensions: words('gd tscn tres') },
  { languages: words('glsl hlsl wgsl'), extensions: words('glsl vert frag comp hlsl wgsl') },
  { languages: words('asm assembly nasm'), extensions: words('asm s') },
  { languages: words('graphql gql'), extensions: words('graphql gql graphqls') },
  { languages: words('prisma'), extensions: words('prisma') },
  { languages: words('proto protobuf proto3'), extensions: words('proto') },
  { languages: words('thrift'), extensions: words('thrift') },
  { languages: words('terraform tf hcl'), extensions: words('tf tfvars hcl nomad') },
  { languages: words('bicep'), extensions: words('bicep') },
  { languages: words('rego'), extensions: words('rego') },
  { languages: words('nix'), extensions: words('nix') },
  {
    languages: words('dockerfile docker containerfile'),
    extensions: words('dockerfile'),
    names: words('Dockerfile Containerfile'),
  },
  {
    // A usual slip of small models: recipes are shell.
    languages: words('makefile make mk just justfile bash sh shell'),
    extensions: words('mk mak'),
    names: words('Makefile makefile GNUmakefile Justfile justfile Kbuild Kconfig'),
  },
  { languages: words('caddyfile caddy'), extensions: [], names: words('Caddyfile') },
  { languages: words('procfile'), extensions: [], names: words('Procfile') },
  {
    languages: words('gitignore ignore git dockerignore'),
    extensions: words('gitignore dockerignore'),
    names: words(`.gitignore .dockerignore .npmignore .prettierignore .eslintignore .helmignore .vercelignore
      .gcloudignore .gitattributes .gitmodules .gitkeep .keep .mailmap CODEOWNERS`),
  },
  {
    languages: words('markdown md mdx mkd'),
    extensions: words('md markdown mdx mdc mkd'),
    names: ['README'],
  },
  { languages: words('confluence wiki'), extensions: words('confluence') },
  { languages: words('rst restructuredtext asciidoc adoc org'), extensions: words('rst adoc asciidoc org') },
  { languages: words('latex tex bibtex bib'), extensions: words('tex sty cls bib ltx') },
  { languages: words('mermaid mmd'), extensions: words('mmd mermaid') },
  { languages: words('plantuml puml uml'), extensions: words('puml plantuml pu') },
  { languages: words('dot graphviz'), extensions: words('dot gv') },
  { languages: words('gherkin cucumber feature'), extensions: words('feature') },
  { languages: words('http rest'), extensions: words('http rest') },
  { languages: words('diff patch udiff'), extensions: words('diff patch') },
  { languages: words('csv tsv'), extensions: words('csv tsv psv') },
  { languages: words('log logs'), extensions: words('log') },
  { languages: words('po gettext'), extensions: words('po pot') },
  {
    languages: [],
    extensions: words('txt text in typed snap golden ftl'),
    names: words(`LICENSE LICENCE COPYING NOTICE AUTHORS CONTRIBUTORS MAINTAINERS VERSION CNAME
      .python-version .node-version .ruby-version .nvmrc .tool-versions .browserslistrc .vimrc .inputrc`),
  },
]

// Fences with these say nothing about what is in them.
const plainLanguages = new Set(words('text plaintext plain txt none raw code file'))

// A file that another one is made from: `settings.py.example`, `nginx.conf.j2`.
const templateSuffixes = new Set(words('example sample template tmpl tpl dist j2'))

const byLanguage = index((kind) => kind.languages)
const byExtension = index((kind) => kind.extensions)
const byName = index((kind) => kind.names ?? [])

/** Every extension of a kind of file that is known: lower case, no dot. */
export const knownExtensions: readonly string[] = [...byExtension.keys()]

/** What a file's name says of its kind: its extension (lower case, no dot), and whether that or the name is known. */
export function describeName(name: string): { extension: string | null; known: boolean } {
  return { extension: readExtension(withoutTemplateSuffix(name)), known: kindsOfName(name) !== undefined }
}

/** Whether a fence's language rules out that the block is the file of that name; unknown languages and kinds never do. */
export function contradictsLanguage(name: string, language: string | null | undefined): boolean {
  if (!language || plainLanguages.has(language.toLowerCase())) return false
  const ofLanguage = byLanguage.get(language.toLowerCase())
  const ofName = kindsOfName(name)
  if (!ofLanguage) return false
  if (!ofName) return ofLanguage.every((kind) => kind.extensions.length === 0)
  return !ofName.some((kind) => ofLanguage.includes(kind))
}

/** Whether a fence's language is one in which files of that name are written, as far as is known. */
export function fitsLanguage(name: string, language: string | null): boolean {
  const ofLanguage = byLanguage.get(language?.toLowerCase() ?? '')
  return kindsOfName(name)?.some((kind) => ofLanguage?.includes(kind)) ?? false
}

/** Whether a word in a fence's line is a language that Paddock knows, such as `python` or `Dockerfile`. */
export function isLanguage(word: string): boolean {
  return byLanguage.has(word.toLowerCase()) || plainLanguages.has(word.toLowerCase())
}

/** Whether a block is Markdown by its language or its name, so that fences may stand inside it. */
export function isMarkdown(language: string | null, path: string | null): boolean {
  const markdown = byExtension.get('md') ?? []
  const isKind = (found: readonly FileKind[] | undefined) =>
    found?.some((kind) => markdown.includes(kind)) ?? false
  return isKind(byLanguage.get(language ?? '')) || isKind(kindsOfName(lastSegment(path ?? '')))
}

/** Whether a file is for people to read rather than code: words that leave something out are its own. */
export const isText = (path: string): boolean =>
  isMarkdown(null, path) || /\.(?:txt|rst|adoc|confluence)$/i.test(path)

function kindsOfName(name: string): readonly FileKind[] | undefined {
  const base = withoutTemplateSuffix(name)
  const extension = readExtension(base)
  // `.env.local` and `Dockerfile.dev` are kinds of their first part.
  const [stem] = /^\.?[^.]+/.exec(base) ?? []
  return byName.get(base) ?? byExtension.get(extension ?? '') ?? byName.get(stem ?? '')
}

function withoutTemplateSuffix(name: string): string {
  const at = name.lastIndexOf('.')
  return at > 0 && templateSuffixes.has(name.slice(at + 1)) ? name.slice(0, at) : name
}

function readExtension(name: string): string | null {
  const at = name.lastIndexOf('.')
  return at > 0 && at < name.length - 1 ? name.slice(at + 1).toLowerCase() : null
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function index(read: (kind: FileKind) => readonly string[]): ReadonlyMap<string, readonly FileKind[]> {
  const found = new Map<string, FileKind[]>()
  for (const kind of kinds) {
    for (const key of read(kind)) found.set(key, [...(found.get(key) ?? []), kind])
  }
  return found
}

function words(text: string): string[] {
  return text.split(/\s+/)
}
