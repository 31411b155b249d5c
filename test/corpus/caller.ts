import { createSigningFetch } from '../../src/client/index.ts'
import type { TestClock } from '../support/services.ts'

/** Who asks: with a key, with a token, or nobody in particular. */
export interface Caller {
  readonly name: string
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
  readonly accessToken?: string
  /** Milliseconds by which the caller's clock is not the server's. */
  readonly clockOff?: number
}

/** Keys of signatures are derived once for each caller. */
const senders = new WeakMap<Caller, Map<string, typeof fetch>>()

/** A fetch that says who asks. */
export function sendAs(caller: Caller, now: TestClock, service: 'iam' | 'sts' = 'iam'): typeof fetch {
  const known = senders.get(caller) ?? new Map<string, typeof fetch>()
  senders.set(caller, known)
  const send = known.get(service) ?? newSender(caller, now, service)
  known.set(service, send)
  return send
}

function newSender(caller: Caller, now: TestClock, service: 'iam' | 'sts'): typeof fetch {
  const { accessKeyId, secretAccessKey, sessionToken, accessToken, clockOff = 0 } = caller
  if (accessToken !== undefined) {
    return (url, init) => {
      const headers = { ...Object.fromEntries(new Headers(init?.headers)), authorization: `Bearer ${accessToken}` }
      return fetch(url, { ...init, headers })
    }
  }
  if (accessKeyId === undefined || secretAccessKey === undefined) return fetch
  return createSigningFetch({
    accessKeyId,
    secretAccessKey,
    now: () => new Date(now().getTime() + clockOff),
    service,
    ...(sessionToken !== undefined && { sessionToken }),
  })
}
