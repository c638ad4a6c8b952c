import { deployFiles } from './deploy-files.ts'
import { named, some, type Project, type ProjectFile } from './project.ts'

function packageJson({ random, many }: Project): ProjectFile {
  const content = {
    name: `${many}-app`,
    version: '0.1.0',
    private: true,
    scripts: { dev: 'vite', build: 'tsc && vite build', test: 'vitest run' },
    dependencies: random.chance(0.5)
      ? { react: '^18.2.0', 'react-dom': '^18.2.0' }
      : { express: '^4.19.2', zod: '^3.23.8' },
  }
  const path = random.pick(['package.json', 'frontend/package.json', 'package.json'])
  return named(path, 'json', `${JSON.stringify(content, null, 2)}\n`)
}

const tsconfig = (): ProjectFile =>
  named(
    'tsconfig.json',
    'json',
    `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "strict": true,
    "outDir": "dist"
  },
  "include": ["src"]
}
`,
  )

function schema({ random, one, many, fields }: Project): ProjectFile {
  const content = `-- ${many} and their history
CREATE TABLE ${many} (
    id BIGSERIAL PRIMARY KEY,
${fields.map((name) => `    ${name} TEXT NOT NULL`).join(',\n')}
);

CREATE INDEX ${one}_by_${fields[0]} ON ${many} (${fields[0]});
${some(random, [
  `
INSERT INTO ${many} (${fields.join(', ')})
VALUES (${fields.map((_name, index) => `'sample ${index + 1}'`).join(', ')});
`,
])}`
  const path = random.pick(['schema.sql', 'db/schema.sql', `migrations/001_create_${many}.sql`, 'init.sql'])
  return named(path, 'sql', content)
}

function pyproject({ random, many }: Project): ProjectFile {
  const content = `[project]
name = "${many}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = [
    "fastapi>=0.110",
    "uvicorn[standard]",
]

[tool.pytest.ini_options]
testpaths = ["tests"]
`
  const cargo = `[package]
name = "${many}"
version = "0.1.0"
edition = "2021"

[dependencies]
serde = { version = "1", features = ["derive"] }
`
  return random.chance(0.7) ? named('pyproject.toml', 'toml', content) : named('Cargo.toml', 'toml', cargo)
}

function makefile({ random, many }: Project): ProjectFile {
  const content = `.PHONY: install test run

install:
	python -m venv .venv
	.venv/bin/pip install -r requirements.txt

test:
	.venv/bin/pytest -q

run:
	.venv/bin/python main.py list --${many}
`
  return named(random.pick(['Makefile', 'Makefile', 'backend/Makefile']), 'makefile', content)
}

const gitignore = (): ProjectFile =>
  named(
    '.gitignore',
    'gitignore',
    `__pycache__/\n*.py[cod]\n.venv/\nnode_modules/\n\n# local settings\n.env\n*.db\n`,
  )

const requirements = ({ random }: Project): ProjectFile =>
  named(
    'requirements.txt',
    'text',
    `fastapi==0.110.0\nuvicorn[standard]==0.29.0\n${some(random, ['pydantic>=2,<3\n', 'httpx\n', 'pytest==8.1.1\n'])}sqlalchemy~=2.0\n`,
  )

const environment = ({ many }: Project): ProjectFile =>
  named(
    '.env.example',
    'env',
    `DATABASE_URL=sqlite:///${many}.db\nSECRET_KEY=change-me\n# DEBUG=1\nPORT=8000\n`,
  )

const nextConfig = (): ProjectFile =>
  named(
    'next.config.mjs',
    'javascript',
    `/** @type {import('next').NextConfig} */

const nextConfig = {
  reactStrictMode: true,
  async rewrites() {
    return [{ source: '/api/:path*', destination: 'http://localhost:8000/:path*' }];
  },
};

export default nextConfig;
`,
  )

const packageInit = ({ random, one, many, type }: Project): ProjectFile =>
  named(
    `${random.pick(['app', many, 'src/core'])}/__init__.py`,
    'python',
    `from .models import ${type}\n\n__all__ = ["${type}"]\n__version__ = "0.1.0"  # first ${one}\n`,
  )

/** The makers of settings, scripts and what a project is set up with. */

/** The makers of settings, scripts and what a project is set up with. */
export const setupFiles = [
  ...deployFiles,
  packageJson,
  tsconfig,
  schema,
  pyproject,
  makefile,
  gitignore,
  requirements,
  environment,
  nextConfig,
  packageInit,
]
