import { editor } from 'monaco-editor/editor/editor.api.js'

/** What of the editor's colours is which token. */
const colours: Readonly<Record<string, string>> = {
  'editor.background': 'surface-sunken',
  'editor.foreground': 'code-text',
  'editorGutter.background': 'surface-sunken',
  'editorLineNumber.foreground': 'text-3',
  'editorLineNumber.activeForeground': 'text-1',
  'editorLineNumber.dimmedForeground': 'text-3',
  'editorCursor.foreground': 'accent',
  'editor.selectionBackground': 'selection',
  'editor.inactiveSelectionBackground': 'selection',
  'editor.findMatchBackground': 'waiting-soft',
  'editor.findMatchHighlightBackground': 'waiting-soft',
  'editorBracketMatch.background': 'surface-3',
  'editorBracketMatch.border': 'border-strong',
  'editorWidget.background': 'surface-3',
  'editorWidget.foreground': 'text-1',
  'editorWidget.border': 'border',
  'input.background': 'field',
  'input.foreground': 'text-1',
  'input.border': 'border-field',
  'inputOption.activeBorder': 'accent',
  focusBorder: 'focus',
  foreground: 'text-1',
  'icon.foreground': 'text-2',
  'diffEditor.insertedTextBackground': 'diff-add-strong',
  'diffEditor.insertedLineBackground': 'diff-add',
  'diffEditor.removedTextBackground': 'diff-del-strong',
  'diffEditor.removedLineBackground': 'diff-del',
  'diffEditorGutter.insertedLineBackground': 'diff-add',
  'diffEditorGutter.removedLineBackground': 'diff-del',
  'diffEditor.border': 'border-subtle',
  'diffEditor.diagonalFill': 'border-subtle',
  'diffEditor.unchangedRegionBackground': 'surface-2',
  'diffEditor.unchangedRegionForeground': 'text-3',
  'diffEditor.unchangedCodeBackground': 'surface-sunken',
  'scrollbarSlider.background': 'border',
  'scrollbarSlider.hoverBackground': 'border-strong',
  'scrollbarSlider.activeBackground': 'border-strong',
}
const syntax: Readonly<Record<string, string>> = {
  '': 'code-text',
  comment: 'code-comment',
  string: 'code-string',
  number: 'code-number',
  constant: 'code-number',
  keyword: 'code-keyword',
  type: 'code-function',
  'type.identifier': 'code-text',
  identifier: 'code-text',
  delimiter: 'code-text',
  operator: 'code-text',
  tag: 'code-keyword',
  attribute: 'code-key',
  'attribute.name': 'code-key',
  'attribute.value': 'code-string',
  variable: 'code-text',
  'variable.name': 'code-key',
  function: 'code-function',
  predefined: 'code-function',
  regexp: 'code-string',
  annotation: 'code-function',
}

/** Draws the editor in the tokens of the theme that is in force, now and after every change. */
export function followTheme(): void {
  const draw = () => {
    const root = document.documentElement
    const style = getComputedStyle(root)
    const value = (token: string) => hex(style.getPropertyValue(`--${token}`).trim())
    editor.defineTheme('paddock', {
      base: root.dataset['theme'] === 'light' ? 'vs' : 'vs-dark',
      inherit: false,
      rules: Object.entries(syntax).map(([token, colour]) => ({ token, foreground: value(colour).slice(1) })),
      colors: Object.fromEntries(Object.entries(colours).map(([name, token]) => [name, value(token)])),
    })
    editor.setTheme('paddock')
  }
  draw()
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] })
}

/** The editor takes six digits only. */
const hex = (colour: string): string =>
  /^#[\da-f]{3}$/i.test(colour) ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour
