import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/** What this browser keeps under a name, in all of its windows; null when nothing. Never for secrets that can be read. */
export function useStoredText(name: string): string | null {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => localStorage.getItem(name), [name]),
  )
}

/** Null keeps nothing. */
export function storeText(name: string, text: string | null): void {
  if (text === null) localStorage.removeItem(name)
  else localStorage.setItem(name, text)
  for (const listener of listeners) listener()
}

/** The browser tells only the other windows of a change. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}
