import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/**
 * A component that is loaded when it is shown for the first time: what most visitors of a page never open. Not by React's `lazy`,
 * which shows what was waited for no sooner than 300 ms after it showed something instead.
 *
 * @param meanwhile takes the same room, where that is known
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  return function Later(props: Props) {
    const [Shown, setShown] = useState(() => loaded)
    const [failure, setFailure] = useState<{ readonly cause: unknown } | null>(null)
    useEffect(() => {
      if (Shown !== null) return undefined
      let wanted = true
      const show = async () => {
        try {
          const component = await load()
          loaded = component
          if (wanted) setShown(() => component)
        } catch (cause) {
          if (wanted) setFailure({ cause })
        }
      }
      void show()
      return () => void (wanted = false)
    }, [Shown])
    // As if the page itself could not be loaded.
    if (failure !== null) throw failure.cause
    return Shown === null ? meanwhile : <Shown {...props} />
  }
}
