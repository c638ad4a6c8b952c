const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** When a version of the file was replaced, on this machine's clock; its name as it is where that is no time. */
export function replacedAt(version: string): string {
  const date = new Date(
    version.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3}Z)$/, '$1-$2-$3T$4:$5:$6.$7'),
  )
  return Number.isNaN(date.getTime()) ? version : time.format(date)
}
