import { some, type Project, type ProjectFile } from './project.ts'

function page({ random, one, many, type }: Project): ProjectFile {
  const content = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${type}s</title>
    <link rel="stylesheet" href="styles.css" />
  </head>
  <body>
    <h1>${type}s</h1>
    <form id="new-${one}">
      <input name="title" required />
      <button>Add</button>
    </form>
    <ul id="${many}"></ul>
${some(random, ['    <!-- filled by the script -->\n', '    <noscript>This page needs scripts.</noscript>\n'])}    <script src="script.js"></script>
  </body>
</html>
`
  const path = random.pick(['index.html', 'templates/index.html', 'public/index.html', `${many}.html`])
  return { path, language: 'html', content }
}

function styles({ random, many }: Project): ProjectFile {
  const content = `:root {
  --accent: #3355ff;
}

body {
  font-family: system-ui, sans-serif;
  margin: 2rem auto;
  max-width: 60ch;
}

#${many} li::before {
  content: "- ";
}

@media (max-width: 600px) {
  body {
    margin: 1rem;
  }
}
`
  const path = random.pick(['styles.css', 'static/css/style.css', 'src/index.css', 'public/styles.css'])
  return { path, language: 'css', content }
}

function browserScript({ random, one, many }: Project): ProjectFile {
  const content = `const list = document.querySelector('#${many}');
const form = document.querySelector('#new-${one}');

async function load() {
  const response = await fetch('/api/${many}');
  list.replaceChildren(
    ...(await response.json()).map((${one}) => {
      const item = document.createElement('li');
      item.textContent = \`\${${one}.id}: \${${one}.title}\`;
      return item;
    }),
  );
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  await fetch('/api/${many}', { method: 'POST', body: new FormData(form) });
  form.reset();
  await load();
});

load();
`
  return {
    path: random.pick(['script.js', 'static/js/app.js', 'public/app.js']),
    language: 'javascript',
    content,
  }
}

function plainDocument({ random, one, many }: Project): ProjectFile {
  const content = `# Decisions

## 1. Keep ${many} in one table

- A ${one} never changes its number.
- History is a table of its own.

| What | Why |
|------|-----|
| SQLite | one file, no server |
| No cache | ${many} are few |
`
  const path = random.pick([
    'docs/decisions.md',
    'docs/Release Notes.md',
    'ARCHITECTURE.md',
    'docs/adr/0001-storage.md',
  ])
  return { path, language: 'markdown', content }
}

function plainText({ random, many }: Project): ProjectFile {
  const content = `Sample data for ${many}\n\nfirst line of text\n  indented line\n\nlast line, no rule at all\n`
  return {
    path: random.pick(['data/sample.txt', 'notes.txt', 'docs/field notes.txt']),
    language: 'text',
    content,
  }
}

/** The makers of pages, documents and plain text. */
export const pageFiles = [page, styles, browserScript, plainDocument, plainText]
