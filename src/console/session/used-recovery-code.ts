import { useSyncExternalStore } from 'react'

/** That somebody used a recovery code a moment ago, for the page to tell: the page is there only after signing in. */
export interface UsedRecoveryCode {
  /** Who used it. */
  readonly arn: string
  readonly left: number
}

let used: UsedRecoveryCode | null = null
const listeners = new Set<() => void>()

/** Remembers what signing in or stepping up answered, until it was told. */
export function rememberUsedCode(
  answer: { readonly recoveryCodesLeft: number | null; readonly viewer: { readonly arn: string } } | null,
): void {
  if (answer === null || answer.recoveryCodesLeft === null) return
  set({ arn: answer.viewer.arn, left: answer.recoveryCodesLeft })
}

export function forgetUsedCode(): void {
  set(null)
}

export function useUsedRecoveryCode(): UsedRecoveryCode | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => used,
  )
}

function set(next: UsedRecoveryCode | null): void {
  used = next
  for (const listener of listeners) listener()
}
