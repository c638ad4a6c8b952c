import type { CodeEditors } from './monaco-editors.ts'

let loading: Promise<CodeEditors> | null = null

/** The editor, fetched when it is first needed; everything it takes lies beside the page. Tried again after a failure. */
export function loadMonaco(): Promise<CodeEditors> {
  loading ??= import('./monaco-editors.ts').then(({ createEditors }) => createEditors())
  loading.catch(() => (loading = null))
  return loading
}
