import { ApiError, type Authz, NOT_SIGNED_IN, UNAVAILABLE, UNREACHABLE } from './api-error.ts'
import type { Document } from './document.ts'
import { answered, type AskedBy, untilAnswered } from './outage.ts'

/** An answer of the API: fields that were denied are null, and `errors` says so at their path. */
export interface Answer<Data> {
  readonly data: Data
  readonly errors: readonly ApiError[]
}

/** An answer as it is sent. */
export interface Wire<Data> {
  readonly data?: Data | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: { readonly code?: string; readonly requestId?: string; readonly authz?: Authz }
  }[]
}

type Listener = () => void
/** The session is over, or good for nothing but a new password. */
type SessionTrouble = 'ended' | 'password-change-required'
const sessionListeners = new Set<(trouble: SessionTrouble) => void>()
const changeListeners = new Set<Listener>()

/** Calls back whenever an answer says that the session is of no use any more. */
export function onSessionTrouble(listener: (trouble: SessionTrouble) => void): void {
  sessionListeners.add(listener)
}

/** Calls back after every mutation that changed something: what is allowed may have changed with it. */
export function onChange(listener: Listener): () => void {
  changeListeners.add(listener)
  return () => void changeListeners.delete(listener)
}

interface RequestOptions {
  readonly askedBy?: AskedBy
  /** Sends it in another way, e.g. signed with an access key. */
  readonly fetchWith?: typeof fetch
}

/**
 * Sends an operation to the API of this origin, with the session that the browser keeps in its cookie. Throws ApiError when
 * there is no data at all. A query whose server, or the database of it, is away waits until it is back or `signal` ends it; a
 * mutation is sent once, since it may have been carried out.
 */
export async function request<Data extends object, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  options: RequestOptions = {},
): Promise<Answer<Data>> {
  if (!isChange(document))
    return await untilAnswered(
      (again) => once(document, variables, signal, again === undefined ? options : { ...options, askedBy: again }),
      signal,
    )
  const answer = await once(document, variables, signal, options)
  answered()
  for (const listener of changeListeners) listener()
  return answer
}

async function once<Data extends object, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal | undefined,
  options: RequestOptions,
): Promise<Answer<Data>> {
  const { data, errors: faults = [] }: Wire<Data> = await send(document, variables, signal, options)
  const errors = readErrors(faults)
  const [first] = errors
  const missing = isChange(document) ? undefined : errors.find(({ code }) => code === UNAVAILABLE)
  if (data === null || data === undefined || (first && isEmpty(data)) || missing) {
    throw missing ?? first ?? new ApiError({ code: UNREACHABLE, message: 'The answer holds no data.' })
  }
  return { data, errors }
}

function isChange(document: string): boolean {
  return document.startsWith('mutation')
}

/** JSON in, JSON out. What is no answer of the API, such as that of a proxy or of a server that starts, is none at all. */
async function send(
  query: string,
  variables: unknown,
  signal: AbortSignal | undefined,
  { askedBy = 'person', fetchWith = fetch }: RequestOptions,
) {
  let retryAfterSeconds: string | null | undefined
  try {
    const response = await fetchWith('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(askedBy === 'page' && { 'latchkey-background': '1' }),
      },
      body: JSON.stringify({ query, variables }),
      ...(signal && { signal }),
    })
    retryAfterSeconds = response.headers.get('retry-after')
    const answer = await response.json()
    if (!('data' in answer || 'errors' in answer)) throw new Error(`The server answered with ${response.status}.`)
    return answer
  } catch (error) {
    if (signal?.aborted) throw error
    const message = error instanceof Error ? error.message : ''
    throw new ApiError({ code: UNREACHABLE, message, details: { retryAfterSeconds, changing: isChange(query) } })
  }
}

/** The errors of an answer. A session that is of no use any more is told to those who must know. */
export function readErrors(faults: NonNullable<Wire<unknown>['errors']>): readonly ApiError[] {
  const errors = faults.map(readError)
  const trouble = sessionTrouble(errors)
  if (trouble) for (const listener of sessionListeners) listener(trouble)
  return errors
}

function readError({ message, path, extensions = {} }: NonNullable<Wire<unknown>['errors']>[number]): ApiError {
  const { code = 'InternalFailure', requestId, authz, ...details } = extensions
  return new ApiError({ code, message, path, authz, requestId, details })
}

function sessionTrouble(errors: readonly ApiError[]): SessionTrouble | null {
  if (errors.some(({ code }) => code === NOT_SIGNED_IN)) return 'ended'
  return errors.some(({ authz }) => authz?.passwordChangeRequired) ? 'password-change-required' : null
}

/** Every field of the root was refused. */
function isEmpty(data: object): boolean {
  return Object.values(data).every((value) => value === null)
}
