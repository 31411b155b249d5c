import type { Exchange } from './exchange.ts'

/** Of one request; a document of many fields may fail at each of them. */
const MOST_FAILURES = 20

export function noteFailure({ failures }: Exchange, code: string, details: unknown): void {
  if (failures.length >= MOST_FAILURES) return
  const authz: unknown = isObject(details) ? Reflect.get(details, 'authz') : undefined
  const id: unknown = isObject(authz) ? Reflect.get(authz, 'decisionId') : undefined
  failures.push({ code, decisionId: typeof id === 'string' ? id : null })
}

/** The codes in the order in which they came, each once. */
export function codesOf({ failures }: Exchange): readonly string[] {
  return [...new Set(failures.map(({ code }) => code))]
}

/** The access key that a request is signed with, or says that it is; null when it is none that could exist. */
export function keyIdOf({ principal, request: { headers, url = '' } }: Exchange): string | null {
  if (principal !== null) return principal.accessKeyId
  const inHeader = /\bCredential=(\w{16,128})\//.exec(headers.authorization ?? '')?.[1]
  return inHeader ?? /[?&]X-Amz-Credential=(\w{16,128})(?:%2F|\/)/i.exec(url)?.[1] ?? null
}

/** Whether the client went before it had its answer; a stream of events has no end that it would wait for. */
export function isAbandoned({ response }: Exchange): boolean {
  return !response.writableFinished && !String(response.getHeader('content-type')).startsWith('text/event-stream')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
