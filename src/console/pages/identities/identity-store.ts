import { useMemo } from 'react'
import { storeText, useStoredText } from '../../browser-storage/stored-text.ts'
import type { SealedSecret } from './sealed-secret.ts'

const STORED = 'latchkey.identities'

/** An access key that this browser keeps, its secret encrypted under a PIN. */
export interface DeviceIdentity extends SealedSecret {
  /** What the person calls it; nothing else knows that name. */
  readonly name: string
  readonly accessKeyId: string
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const NONE: readonly DeviceIdentity[] = []

/** In the order in which they were added. */
function parse(stored: string | null): readonly DeviceIdentity[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter(isIdentity) : NONE
  } catch {
    return NONE
  }
}

function isIdentity(value: unknown): value is DeviceIdentity {
  if (typeof value !== 'object' || value === null) return false
  const { name, accessKeyId, iterations, salt, ciphertext }: Partial<Record<keyof DeviceIdentity, unknown>> = value
  return (
    Number.isSafeInteger(iterations) &&
    [name, accessKeyId].every((one) => typeof one === 'string') &&
    [salt, ciphertext].every((one) => typeof one === 'string' && BASE64.test(one))
  )
}

export function useIdentities(): readonly DeviceIdentity[] {
  const text = useStoredText(STORED)
  return useMemo(() => parse(text), [text])
}

function write(next: readonly DeviceIdentity[]): void {
  storeText(STORED, next.length === 0 ? null : JSON.stringify(next))
}

/** Keeps an identity, in place of the one that there may be for the same key. */
export function keepIdentity({ name, accessKeyId, iterations, salt, ciphertext }: DeviceIdentity): void {
  const others = parse(localStorage.getItem(STORED)).filter((one) => one.accessKeyId !== accessKeyId)
  write([...others, { name, accessKeyId, iterations, salt, ciphertext }])
}

/** The key itself stays what it was. */
export function forgetIdentity(accessKeyId: string): void {
  write(parse(localStorage.getItem(STORED)).filter((one) => one.accessKeyId !== accessKeyId))
}
