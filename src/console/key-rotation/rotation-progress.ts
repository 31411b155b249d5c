import { storeText, useStoredText } from '../browser-storage/stored-text.ts'

/** What the keys themselves do not tell of a rotation. */
export interface RotationProgress {
  /** Id of the key that is to be replaced. */
  readonly old: string
  /** All applications were moved. */
  readonly moved: boolean
  /** Nothing failed without the old key. */
  readonly verified: boolean
}

/** A rotation takes days: how far it is stays in this browser, for each pair of keys. Ids only, no secret. */
function storedUnder(ids: readonly string[]): string {
  return `latchkey.rotation.${ids.toSorted().join('.')}`
}

export function useRotationProgress(ids: readonly string[]): RotationProgress | null {
  return read(useStoredText(storedUnder(ids)))
}

export function saveRotationProgress(ids: readonly string[], progress: RotationProgress): void {
  storeText(storedUnder(ids), JSON.stringify(progress))
}

export function forgetRotationProgress(ids: readonly string[]): void {
  storeText(storedUnder(ids), null)
}

function read(text: string | null): RotationProgress | null {
  try {
    const value: Partial<Record<keyof RotationProgress, unknown>> | null = JSON.parse(text ?? 'null')
    const { old, moved, verified } = value ?? {}
    return typeof old === 'string' ? { old, moved: moved === true, verified: verified === true } : null
  } catch {
    return null
  }
}
