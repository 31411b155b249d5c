import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import { createSigningFetch, type SigningFetchOptions } from '../../src/client/index.ts'
import { type Installation, keyOf } from '../support/installation.ts'
import { type TestClock, testClock } from '../support/services.ts'

type Key = Parameters<typeof keyOf>[0] & { readonly sessionToken?: string }

/** A clock that stands still at the present: SDKs sign with the time of the machine, in whole seconds. */
export const presentClock = (): TestClock => testClock(new Date(Math.floor(Date.now() / 1000) * 1000))

/** As an operator sets up an SDK: an endpoint, a region, a key. Errors come at once. */
function sdkOptions({ url }: Installation, { sessionToken, ...key }: Key) {
  return {
    endpoint: url,
    region: 'us-east-1',
    credentials: { ...keyOf(key), ...(sessionToken !== undefined && { sessionToken }) },
    maxAttempts: 1,
  }
}

export const iamOf = (installation: Installation, key: Key): IAMClient => new IAMClient(sdkOptions(installation, key))
export const stsOf = (installation: Installation, key: Key): STSClient => new STSClient(sdkOptions(installation, key))

/** An answer as it came over the wire. */
export interface Wire {
  readonly status: number
  readonly xml: string
  readonly headers: Headers
  /** Text of the first element of this name. */
  readonly text: (element: string) => string | undefined
}

export type Send = (body: string | Uint8Array, options?: SendOptions) => Promise<Wire>

export interface SendOptions extends Partial<SigningFetchOptions> {
  readonly type?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const IAM = 'Version=2010-05-08'
export const STS = 'Version=2011-06-15'

/** Posts a body that is signed for `iam` unless said otherwise. */
export function sender({ url, clock }: Installation, key: Key): Send {
  return async (
    body,
    { type = 'application/x-www-form-urlencoded; charset=utf-8', path = '/', headers, ...rest } = {},
  ) => {
    const send = createSigningFetch({ ...keyOf(key), now: clock, ...rest })
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)
    return wireOf(
      await send(`${url}${path}`, { method: 'POST', body: bytes, headers: { 'content-type': type, ...headers } }),
    )
  }
}

export async function wireOf(response: Response): Promise<Wire> {
  const xml = await response.text()
  return {
    status: response.status,
    xml,
    headers: response.headers,
    text: (element) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1],
  }
}
