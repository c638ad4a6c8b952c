import * as monaco from 'monaco-editor/editor/editor.api.js'
import 'monaco-editor/features/bracketMatching/register.js'
import 'monaco-editor/features/clipboard/register.js'
import 'monaco-editor/features/codeEditor/register.js'
import 'monaco-editor/features/codicon/register.js'
import 'monaco-editor/features/comment/register.js'
import 'monaco-editor/features/cursorUndo/register.js'
import 'monaco-editor/features/diffEditor/register.js'
import 'monaco-editor/features/find/register.js'
import 'monaco-editor/features/folding/register.js'
import 'monaco-editor/features/indentation/register.js'
import 'monaco-editor/features/linesOperations/register.js'
import 'monaco-editor/features/longLinesHelper/register.js'
import 'monaco-editor/features/multicursor/register.js'
import 'monaco-editor/features/smartSelect/register.js'
import 'monaco-editor/features/toggleTabFocusMode/register.js'
import 'monaco-editor/features/unicodeHighlighter/register.js'
import 'monaco-editor/features/unusualLineTerminators/register.js'
import 'monaco-editor/features/wordOperations/register.js'
import { workerUrl } from './app-worker.ts'
import { languageOf } from './monaco-language-of.ts'
import { registerLanguages } from './monaco-languages.ts'
import { followTheme } from './monaco-theme.ts'

/** What an editor shows. Without `original` it shows one text; with it, the difference. */
export type Shown = {
  readonly path: string
  readonly original: string | null
  readonly modified: string
  readonly isEditable: boolean
  readonly isSideBySide: boolean
  /** Names for those who hear them: of the text, and of what it is compared with. */
  readonly label: string
  readonly originalLabel: string
}

/** An editor in the page. */
export type CodeEditor = {
  /** Shows other texts; what was shown before is let go. */
  show(shown: Shown): void
  /** Changes how it is shown without touching text, cursor or history. */
  adjust(how: Pick<Shown, 'isEditable' | 'isSideBySide'>): void
  focus(): void
  dispose(): void
}

/** Makes editors. */
export type CodeEditors = {
  open(box: HTMLElement, events: EditorEvents): CodeEditor
}

type EditorEvents = {
  readonly onChange: (text: string) => void
  /** Escape was pressed with nothing of the editor's own left to close. */
  readonly onLeave: () => void
}

const options: monaco.editor.IDiffEditorConstructionOptions = {
  automaticLayout: true,
  // A text field is what the rest of the window, and assistive programs, know how to treat.
  editContext: false,
  fontSize: 12,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderOverviewRuler: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  lineNumbersMinChars: 4,
  glyphMargin: false,
  folding: false,
  stickyScroll: { enabled: false },
  renderLineHighlight: 'none',
  fixedOverflowWidgets: true,
  contextmenu: false,
  links: false,
  cursorBlinking: 'solid',
  unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true },
  originalEditable: false,
  useInlineViewWhenSpaceIsLimited: false,
  hideUnchangedRegions: { enabled: true, minimumLineCount: 4, contextLineCount: 3 },
  diffAlgorithm: 'advanced',
  ignoreTrimWhitespace: false,
  renderGutterMenu: false,
  renderMarginRevertIcon: false,
  maxComputationTime: 3000,
  scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
}

/** Sets the editor up once: worker, languages, theme. */
export async function createEditors(): Promise<CodeEditors> {
  const { default: editorWorker } = await import('monaco-editor/editor/editor.worker.js?worker&url')
  Object.assign(globalThis, {
    MonacoEnvironment: {
      getWorker: () => new Worker(workerUrl(editorWorker), { type: 'module', name: 'editor' }),
    },
  })
  registerLanguages()
  followTheme()
  return { open: openEditor }
}

/** Editors cost much to make and never let go of all they took: a pair that is not shown waits for the next file. */
let free: EditorPair | null = null

function openEditor(box: HTMLElement, events: EditorEvents): CodeEditor {
  const pair = free ?? new EditorPair(getComputedStyle(box).getPropertyValue('--font-mono').trim())
  free = null
  pair.attach(box, events)
  return {
    show: (shown) => pair.show(shown),
    adjust: (how) => pair.adjust(how),
    focus: () => pair.focus(),
    dispose() {
      pair.detach()
      free ??= pair
    },
  }
}

/** An editor for one text and one for the difference of two, of which one is seen. */
class EditorPair {
  readonly #single = document.createElement('div')
  readonly #double = document.createElement('div')
  readonly #code: monaco.editor.IStandaloneCodeEditor
  readonly #diff: monaco.editor.IStandaloneDiffEditor
  #models: monaco.editor.ITextModel[] = []
  #events: EditorEvents | null = null
  #labels: Pick<Shown, 'label' | 'originalLabel'> = { label: '', originalLabel: '' }

  constructor(fontFamily: string) {
    for (const place of [this.#single, this.#double]) place.className = 'absolute inset-0'
    this.#code = monaco.editor.create(this.#single, { ...options, fontFamily, model: null })
    this.#diff = monaco.editor.createDiffEditor(this.#double, { ...options, fontFamily })
    for (const editor of [this.#code, this.#diff.getOriginalEditor(), this.#diff.getModifiedEditor()])
      addLeaving(editor, () => this.#events?.onLeave())
  }

  attach(box: HTMLElement, events: EditorEvents): void {
    this.#events = events
    box.append(this.#single, this.#double)
  }

  detach(): void {
    this.#events = null
    this.#letGo()
    this.#single.remove()
    this.#double.remove()
  }

  show({ path, original, modified, label, originalLabel, ...how }: Shown): void {
    this.#letGo()
    const language = languageOf(path)
    const right = createModel(modified, language)
    this.#models = [right]
    this.#labels = { label, originalLabel }
    this.#single.hidden = original !== null
    this.#double.hidden = original === null
    if (original === null) {
      this.#code.setModel(right)
    } else {
      const left = createModel(original, language)
      this.#models.push(left)
      this.#diff.setModel({ original: left, modified: right })
    }
    this.adjust(how)
    right.onDidChangeContent(() => this.#events?.onChange(right.getValue()))
  }

  adjust({ isEditable, isSideBySide }: Pick<Shown, 'isEditable' | 'isSideBySide'>): void {
    this.#code.updateOptions({ readOnly: !isEditable })
    this.#diff.updateOptions({ readOnly: !isEditable, renderSideBySide: isSideBySide })
    // The editor of differences forgets the names of its two sides whenever an option of its own changes.
    const { label, originalLabel } = this.#labels
    this.#code.updateOptions({ ariaLabel: label })
    this.#diff.getModifiedEditor().updateOptions({ ariaLabel: label })
    this.#diff.getOriginalEditor().updateOptions({ ariaLabel: originalLabel })
  }

  focus(): void {
    if (this.#single.hidden) this.#diff.getModifiedEditor().focus()
    else this.#code.focus()
  }

  #letGo(): void {
    this.#code.setModel(null)
    this.#diff.setModel(null)
    for (const model of this.#models) model.dispose()
    this.#models = []
  }
}

function createModel(text: string, language: string): monaco.editor.ITextModel {
  const model = monaco.editor.createModel(text, language)
  // Brackets have the colour of code: others are for what has a state.
  model.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  })
  return model
}

/** Nobody is caught in the editor: Escape leaves it, once what it has open of its own is closed. */
function addLeaving(editor: monaco.editor.ICodeEditor, onLeave: () => void): void {
  const standalone = editor as monaco.editor.IStandaloneCodeEditor
  standalone.addCommand(
    monaco.KeyCode.Escape,
    onLeave,
    '!findWidgetVisible && !editorHasSelection && !editorHasMultipleSelections',
  )
}
