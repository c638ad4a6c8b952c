/** Stands where lines will be, while they are read for the first time. */
export function BusyLines({ label, count = 2 }: { readonly label: string; readonly count?: number }) {
  return (
    <div aria-busy className="grid content-start gap-3 p-4">
      <span className="text-sm text-fg-3">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <span
          key={index}
          className="h-2 rounded-full bg-surface-3"
          style={{ width: `${92 - (index % 3) * 16}%` }}
        />
      ))}
    </div>
  )
}
