import { some, type Project, type ProjectFile } from './project.ts'
import { pythonFiles } from './python-files.ts'

const camel = (name: string) => name.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase())

function typescriptStore({ random, one, many, type, fields }: Project): ProjectFile {
  const content = `import { randomUUID } from 'node:crypto';

export interface ${type} {
  id: string;
${fields.map((name) => `  ${camel(name)}: string;`).join('\n')}
}

const ${many} = new Map<string, ${type}>();

export function create${type}(input: Omit<${type}, 'id'>): ${type} {
  const ${one}: ${type} = { id: randomUUID(), ...input };
  ${many}.set(${one}.id, ${one});
  return ${one};
}
${some(random, [
  `

export const list${type}s = (): ${type}[] => [...${many}.values()];
`,
  `

/** Removes a ${one}; says whether it was there. */

export function remove${type}(id: string): boolean {
  return ${many}.delete(id);
}
`,
  `

export function describe${type}(${one}: ${type}): string {
  return \`\${${one}.${camel(fields[0]!)}} (\${${one}.${camel(fields[1]!)}})\`;
}
`,
])}`
  return {
    path: random.pick([
      `src/${many}.ts`,
      `src/services/${one}Service.ts`,
      `lib/${one}-store.ts`,
      `src/models/${one}.ts`,
      `${one}.ts`,
    ]),
    language: 'typescript',
    content,
  }
}

function reactComponent({ random, one, many, type, fields }: Project): ProjectFile {
  const content = `import { useEffect, useState } from 'react';

type ${type} = { id: string; ${fields.map((name) => `${camel(name)}: string`).join('; ')} };

export default function ${type}List() {
  const [${many}, set${type}s] = useState<${type}[]>([]);
  const [query, setQuery] = useState('');

  useEffect(() => {
    fetch('/api/${many}')
      .then((response) => response.json())
      .then(set${type}s);
  }, []);

  const shown = ${many}.filter((${one}) => ${one}.${camel(fields[0]!)}.includes(query));
  return (
    <section className="${many}">
      <input value={query} onChange={(event) => setQuery(event.target.value)} />
      <ul>
        {shown.map((${one}) => (
          <li key={${one}.id}>
            <b>{${one}.${camel(fields[0]!)}}</b> {${one}.${camel(fields[1]!)}}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p>No ${many} yet...</p>}
    </section>
  );
}
`
  return {
    path: random.pick([
      `src/components/${type}List.tsx`,
      `app/${many}/page.tsx`,
      `app/${many}/[slug]/page.tsx`,
      `pages/${many}/[id].tsx`,
      'src/App.tsx',
    ]),
    language: 'tsx',
    content,
  }
}

function goHandler({ random, one, many, type, fields }: Project): ProjectFile {
  const content = `package ${random.pick(['main', 'api', many])}

import (
	"encoding/json"
	"net/http"
	"sync"
)

type ${type} struct {
${fields.map((name) => `\t${name[0]!.toUpperCase()}${camel(name).slice(1)} string \`json:"${name}"\``).join('\n')}
}

type ${one}Handler struct {
	mu    sync.Mutex
	items []${type}
}

func (h *${one}Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch r.Method {
	case http.MethodGet:
		json.NewEncoder(w).Encode(h.items)
	case http.MethodPost:
		var ${one} ${type}
		if err := json.NewDecoder(r.Body).Decode(&${one}); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		h.items = append(h.items, ${one})
		w.WriteHeader(http.StatusCreated)
	default:
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
	}
}
`
  return {
    path: random.pick(['main.go', `internal/${many}/handler.go`, `cmd/server/main.go`, `api/${one}.go`]),
    language: 'go',
    content,
  }
}

function rustModule({ random, one, many, type, fields }: Project): ProjectFile {
  const content = `use std::collections::HashMap;

/// One ${one}.
#[derive(Debug, Clone, PartialEq)]
pub struct ${type} {
${fields.map((name) => `    pub ${name}: String,`).join('\n')}
}

#[derive(Default)]
pub struct ${type}s {
    items: HashMap<String, ${type}>,
}

impl ${type}s {
    pub fn insert(&mut self, ${one}: ${type}) -> Option<${type}> {
        self.items.insert(${one}.${fields[0]}.clone(), ${one})
    }

    pub fn get(&self, key: &str) -> Option<&${type}> {
        self.items.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_empty() {
        assert!(${type}s::default().get("x").is_none());
    }
}
`
  return {
    path: random.pick(['src/main.rs', 'src/lib.rs', `src/${many}.rs`, `crates/core/src/${one}.rs`]),
    language: 'rust',
    content,
  }
}

/** The makers of files in programming languages. */

/** The makers of files in programming languages. */
export const sourceFiles = [...pythonFiles, typescriptStore, reactComponent, goHandler, rustModule]
