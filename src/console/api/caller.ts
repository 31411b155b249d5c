import { useSyncExternalStore } from 'react'

let generation = 0
const listeners = new Set<() => void>()

/** Whoever asks from now on is somebody else, or may do more: what was asked before may be answered differently. */
export function callerChanged(): void {
  generation++
  for (const listener of listeners) listener()
}

/** Calls back whenever the caller changed. Returns the function that ends that. */
export function onCallerChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Grows whenever the caller changed. */
export function useCallerGeneration(): number {
  return useSyncExternalStore(onCallerChange, () => generation)
}
