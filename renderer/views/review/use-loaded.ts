import { useEffect, useState } from 'react'
import { load, notLoaded, type Loaded } from '../../stores/loaded.ts'

/** Something that is read for what is shown now, and read again when its name changes; an older answer is dropped. */
export function useLoaded<T>(name: string, read: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<{ name: string; value: Loaded<T> }>({ name: '', value: notLoaded })
  useEffect(() => {
    let isCurrent = true
    void load<T>(notLoaded, read, (value) => {
      if (isCurrent) setLoaded({ name, value })
    })
    return () => {
      isCurrent = false
    }
    // `name` says all that `read` depends on.
  }, [name])
  return loaded.name === name ? loaded.value : notLoaded
}
