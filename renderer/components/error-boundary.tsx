import { Component, type ReactNode } from 'react'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

type State = { readonly message: string | null }

/** Keeps a fault in one screen from taking the window with it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { message: null }

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children
    return (
      <div className="grid gap-2 p-6">
        <Notice kind="error" message={strings.shell.crashed} hint={strings.shell.crashedHint}>
          <Button size="sm" onClick={() => this.setState({ message: null })}>
            {strings.shell.again}
          </Button>
        </Notice>
        <code className="font-mono text-xs text-fg-3 select-text">{this.state.message}</code>
      </div>
    )
  }
}
