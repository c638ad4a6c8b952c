/** A span of time as a clock shows it: `4:05`, from an hour on `1:04:05`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** The time of day of an event, as the log shows it. */
export const timeOfDay = (at: string): string => new Date(at).toTimeString().slice(0, 8)

/** Tokens in little room: `980`, `7.4k`, `128k`. */
export function shortCount(tokens: number): string {
  if (tokens < 1000) return String(Math.round(tokens))
  return tokens < 99_950 ? `${(tokens / 1000).toFixed(1)}k` : `${Math.round(tokens / 1000)}k`
}
