import { useSyncExternalStore } from 'react'
import { NOT_SIGNED_IN, asApiError } from '../api/api-error.ts'
import { callerChanged } from '../api/caller.ts'
import type { AskedBy } from '../api/outage.ts'
import { onSessionTrouble, request } from '../api/request.ts'
import {
  IdentityDocument,
  type IdentityQuery,
  SignOutDocument,
  SignOutEverywhereDocument,
} from './documents.generated.ts'

export interface Identity {
  readonly arn: string
  readonly accountId: string
  /** The user's name; null for the root user and for sessions. */
  readonly userName: string | null
  /** Of temporary credentials that a broker signed in with: role and session, or the federated user; null for users. */
  readonly sessionName: string | null
  readonly mfaAuthenticatedAt: Date | null
  readonly sessionExpiresAt: Date | null
  /** When the session ends unless something is asked for before; every request but those of the page itself puts it off. */
  readonly sessionIdleExpiresAt: Date | null
  readonly passwordChangeRequired: boolean
  /** The access key that the person signed in with; null with a password. */
  readonly accessKeyId: string | null
}

/**
 * `ended`: the session ended by itself, and what was typed is kept until the same person is back.
 * `unreachable`: nobody can tell.
 */
export type Session =
  | { readonly state: 'unknown' | 'anonymous' | 'unreachable' }
  | { readonly state: 'signed-in' | 'ended'; readonly identity: Identity }

let session: Session = { state: 'unknown' }
let asking = new AbortController()
const listeners = new Set<() => void>()

function set(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session)
}

/** Who is signed in, for what is only shown to them. */
export function useIdentity(): Identity {
  const current = useSession()
  if (!('identity' in current)) throw new Error('nobody is signed in')
  return current.identity
}

/** Asks the server who is signed in, at the start and whenever that may have changed. */
export async function refreshIdentity(askedBy: AskedBy = 'person'): Promise<void> {
  // Who waits for a server that is away does so once.
  asking.abort()
  const aborter = new AbortController()
  asking = aborter
  try {
    const { data } = await request(IdentityDocument, {}, aborter.signal, { askedBy })
    const identity = readIdentity(data.viewer)
    const before = 'identity' in session ? session.identity : null
    const changed = session.state !== 'signed-in' || lasting(before) !== lasting(identity)
    set({ state: 'signed-in', identity })
    // Somebody signed in or stepped up.
    if (changed) callerChanged()
  } catch (error) {
    if (aborter.signal.aborted) return
    const unreachable = asApiError(error).code !== NOT_SIGNED_IN
    // The page of somebody stays, with what was typed; whatever it asks for itself tells what is wrong.
    if ('identity' in session) return
    set({ state: unreachable ? 'unreachable' : 'anonymous' })
  }
}

/** Nothing of the person who signed out stays on the page. */
export async function signOut(where: 'here' | 'everywhere'): Promise<void> {
  if (where === 'here') await request(SignOutDocument, {})
  else await request(SignOutEverywhereDocument, {})
  set({ state: 'anonymous' })
}

/** Ends the session now, and keeps the page for the same person to sign in again. */
export async function endSession(): Promise<void> {
  if (session.state !== 'signed-in') return
  const { identity } = session
  // Without an answer the old session goes on to its end, and nobody holds it any more once there is a new one.
  await request(SignOutDocument, {}).catch(() => undefined)
  set({ state: 'ended', identity })
}

/** Gives up what an ended session left, for somebody else to sign in. */
export function forgetSession(): void {
  set({ state: 'anonymous' })
}

onSessionTrouble((trouble) => {
  if (trouble === 'password-change-required') void refreshIdentity()
  else if (session.state === 'signed-in') set({ state: 'ended', identity: session.identity })
})

function readIdentity({
  arn,
  accountId,
  passwordChangeRequired,
  accessKeyId,
  ...times
}: IdentityQuery['viewer']): Identity {
  const resource = arn.split(':').slice(5).join(':')
  return {
    arn,
    accountId,
    userName: resource.startsWith('user/') ? (resource.split('/').at(-1) ?? null) : null,
    sessionName: /^(?:assumed-role|federated-user)\/(.+)$/.exec(resource)?.[1] ?? null,
    mfaAuthenticatedAt: readTime(times.mfaAuthenticatedAt),
    sessionExpiresAt: readTime(times.sessionExpiresAt),
    sessionIdleExpiresAt: readTime(times.sessionIdleExpiresAt),
    passwordChangeRequired,
    accessKeyId,
  }
}

/** All but the end that every request puts off. */
function lasting(identity: Identity | null): string {
  return JSON.stringify({ ...identity, sessionIdleExpiresAt: null })
}

function readTime(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
