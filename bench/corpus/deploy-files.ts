import { named, some, type Project, type ProjectFile } from './project.ts'

function compose({ random, many }: Project): ProjectFile {
  const content = `services:
  web:
    build: .
    ports:
      - "8000:8000"
    environment:
      DATABASE_URL: postgresql://app:\${DB_PASSWORD}@db:5432/${many}
    depends_on:
      - db
  db:
    image: postgres:16-alpine
    volumes:
      - data:/var/lib/postgresql/data
${some(random, [
  `  cache:
    image: redis:7
`,
])}volumes:
  data: {}
`
  return named(random.pick(['docker-compose.yml', 'compose.yaml', 'docker-compose.yaml']), 'yaml', content)
}

function workflow({ many }: Project): ProjectFile {
  const content = `name: ci
on:
  push:
    branches: [main]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Test ${many}
        run: |
          python -m pip install -r requirements.txt
          pytest -q
`
  return named('.github/workflows/ci.yml', 'yaml', content)
}

function deployment({ one, many }: Project): ProjectFile {
  const content = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${one}-api
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${one}-api
  template:
    metadata:
      labels:
        app: ${one}-api
    spec:
      containers:
        - name: api
          image: registry.local/${many}:1.0
          ports:
            - containerPort: 8000
---
apiVersion: v1
kind: Service
metadata:
  name: ${one}-api
spec:
  selector:
    app: ${one}-api
  ports:
    - port: 80
      targetPort: 8000
`
  return named('k8s/deployment.yaml', 'yaml', content)
}

function dockerfile({ random }: Project): ProjectFile {
  const content = `FROM python:3.12-slim

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
${some(random, ['USER 1000\n', 'EXPOSE 8000\n'])}
CMD ["python", "main.py"]
`
  const path = random.pick(['Dockerfile', 'Dockerfile', 'backend/Dockerfile', 'Dockerfile.dev'])
  return named(path, 'dockerfile', content)
}

function script({ random, many }: Project): ProjectFile {
  const content = `#!/usr/bin/env bash
set -euo pipefail

target="\${1:-staging}"
echo "Deploying ${many} to $target ..."
${some(random, ['docker compose pull\n', 'docker compose build --pull\n'])}docker compose up -d
for attempt in $(seq 1 10); do
  curl -fsS http://localhost:8000/health && exit 0
  sleep 2
done
echo "Not healthy after 20 s" >&2
exit 1
`
  return named(random.pick(['deploy.sh', 'scripts/deploy.sh', 'bin/start.sh']), 'bash', content)
}

function terraform({ many }: Project): ProjectFile {
  const content = `terraform {
  required_version = ">= 1.6"
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

resource "aws_s3_bucket" "${many}" {
  bucket = "${many}-\${var.region}"
  tags = {
    Project = "${many}"
  }
}

output "bucket" {
  value = aws_s3_bucket.${many}.bucket
}
`
  return named('terraform/main.tf', 'hcl', content)
}

const nginx = ({ many }: Project): ProjectFile =>
  named(
    'nginx/default.conf',
    'nginx',
    `server {
    listen 80;
    server_name ${many}.example.com;

    location / {
        proxy_pass http://web:8000;
        proxy_set_header Host $host;
    }
}
`,
  )

/** The makers of files that put a project into service. */
export const deployFiles = [compose, workflow, deployment, dockerfile, script, terraform, nginx]
