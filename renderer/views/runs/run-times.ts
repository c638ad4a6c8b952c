const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** When a run began, the nearer the shorter: `Today 14:06`, `Yesterday 17:20`, `20 Nov 15:02`, `3 Jan 2025`. */
export function startedAt(at: string, now: Date): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000)
  if (days === 0) return `Today ${clock.format(date)}`
  if (days === 1) return `Yesterday ${clock.format(date)}`
  return date.getFullYear() === now.getFullYear()
    ? `${day.format(date)} ${clock.format(date)}`
    : dayOfYear.format(date)
}

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** How long a run took, as `0:47`, `21:40` or `1:02:03`; a dash while it has not ended. */
export function tookTime(from: string, to: string | null): string {
  if (to === null) return '-'
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
