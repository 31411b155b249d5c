const STORED = 'latchkey.signed-in-as'

/** Who signed in last in this browser, as it was typed. No secret. */
export interface Remembered {
  /** Id or alias. */
  readonly account: string
  readonly userName: string
}

export function remembered(): Remembered | null {
  try {
    const value: Partial<Record<keyof Remembered, unknown>> | null = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    const { account, userName } = value ?? {}
    return typeof account === 'string' && typeof userName === 'string' ? { account, userName } : null
  } catch {
    return null
  }
}

export function remember(person: Remembered | null): void {
  if (person === null) localStorage.removeItem(STORED)
  else localStorage.setItem(STORED, JSON.stringify(person))
}
