import { missingAuthenticationToken } from '../authn/authentication-error.ts'
import type { SignedRequest } from '../authn/sigv4/index.ts'
import type { Principal } from '../authn/principal.ts'
import { isCodedError } from './coded-error.ts'
import type { Exchange, Step } from './exchange.ts'
import { responseCookies, sessionCookie } from './session-cookie.ts'

/** A request as authentication sees it: the bytes, before anything was parsed. */
export interface CredentialRequest extends SignedRequest {
  readonly sourceIp: string | null
}

/** Null when the request carries no credential at all; throws a coded error when it carries one that is no good. */
export type Authenticate = (request: CredentialRequest) => Promise<Principal | null>

/**
 * Finds out who is calling, over the raw bytes. A browser whose session has ended becomes anonymous and loses its cookie;
 * were it refused, it could not even sign in again.
 */
export function authentication(authenticate: Authenticate, publicUrl: string): Step {
  return async (exchange) => {
    const request = credentialRequest(exchange)
    exchange.principal = await authenticate(request)
    const token = exchange.principal === null ? sessionCookie(exchange) : null
    if (token === null) return
    try {
      exchange.principal = await authenticate(withBearer(request, token))
    } catch (error) {
      if (!isCodedError(error)) throw error
      responseCookies(exchange, publicUrl).clearSession()
    }
  }
}

/** The same credential once more, against the state of now; throws when it is no longer good. */
export async function reauthenticate(authenticate: Authenticate, exchange: Exchange): Promise<Principal> {
  const request = credentialRequest(exchange)
  const token = sessionCookie(exchange)
  const principal = (await authenticate(request)) ?? (token && (await authenticate(withBearer(request, token))))
  if (!principal) throw missingAuthenticationToken()
  return principal
}

function credentialRequest({ request, body, address }: Exchange): CredentialRequest {
  const { method = 'GET', url = '/', rawHeaders } = request
  return { method, url, rawHeaders, body, sourceIp: address.sourceIp }
}

function withBearer(request: CredentialRequest, token: string): CredentialRequest {
  return { ...request, rawHeaders: [...request.rawHeaders, 'authorization', `Bearer ${token}`] }
}
