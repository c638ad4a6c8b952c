import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'

type DropVeilProps = { readonly label: string; readonly onFiles: (files: readonly File[]) => void }

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Takes files that are dropped anywhere on the window, and shows that it will while they are held over it. */
export function DropVeil({ label, onFiles }: DropVeilProps) {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      setIsOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onFiles])
  if (!isOver) return null
  return (
    <div role="status" className="pointer-events-none fixed inset-0 z-50 bg-overlay p-4">
      <div className="grid h-full place-content-center justify-items-center gap-2 rounded-lg border-2 border-dashed border-accent bg-surface-1/95 text-lg font-medium">
        <Download aria-hidden size={24} strokeWidth={1.5} className="text-accent" />
        {label}
      </div>
    </div>
  )
}
