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
import { languageOf, registerLanguages } from './monaco-languages.ts'
import { followTheme } from './monaco-theme.ts'

/** What an editor shows. Without `original` it shows one text; with it, the difference. */
export type Shown = {
  readonly path: string
  readonly original: string | null
  readonly modified: string
  readonly isEditable: boolean
  readonly isSideBySide: boolean
  /** Its name for those who hear it. */
  readonly label: string
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
  /** Texts that are held now: as many as are shown, or something is not let go. */
  modelCount(): number
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
  bracketPairColorization: { enabled: false },
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
  return { open: openEditor, modelCount: () => monaco.editor.getModels().length }
}

function openEditor(box: HTMLElement, events: EditorEvents): CodeEditor {
  let editor: monaco.editor.IStandaloneCodeEditor | monaco.editor.IStandaloneDiffEditor | null = null
  let models: monaco.editor.ITextModel[] = []
  const letGo = () => {
    editor?.dispose()
    editor = null
    for (const model of models) model.dispose()
    models = []
  }
  return {
    show(shown) {
      const { path, original, modified, isEditable, isSideBySide, label } = shown
      letGo()
      const language = languageOf(path)
      const right = monaco.editor.createModel(modified, language)
      models = [right]
      const fontFamily = getComputedStyle(box).getPropertyValue('--font-mono').trim()
      const how = { ...options, fontFamily, readOnly: !isEditable, ariaLabel: label }
      if (original === null) {
        const code = monaco.editor.create(box, { ...how, model: right })
        addLeaving(code, events.onLeave)
        editor = code
      } else {
        const left = monaco.editor.createModel(original, language)
        models.push(left)
        const diff = monaco.editor.createDiffEditor(box, { ...how, renderSideBySide: isSideBySide })
        diff.setModel({ original: left, modified: right })
        for (const side of [diff.getOriginalEditor(), diff.getModifiedEditor()])
          addLeaving(side, events.onLeave)
        diff.getModifiedEditor().updateOptions({ ariaLabel: label })
        editor = diff
      }
      right.onDidChangeContent(() => events.onChange(right.getValue()))
    },
    adjust({ isEditable, isSideBySide }) {
      editor?.updateOptions({ readOnly: !isEditable, renderSideBySide: isSideBySide } as typeof options)
    },
    focus: () => editor?.focus(),
    dispose: letGo,
  }
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
