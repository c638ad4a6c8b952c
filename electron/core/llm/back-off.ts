/** Milliseconds until the next try after so many failures: doubled each time, capped, a quarter more or less by chance. */
export function backOff(
  failures: number,
  limits: { initialSeconds: number; maxSeconds: number },
  random: () => number = Math.random,
): number {
  const seconds = Math.min(limits.initialSeconds * 2 ** (failures - 1), limits.maxSeconds)
  return Math.round(seconds * 1000 * (0.75 + random() / 2))
}
