import type { Step } from './exchange.ts'

export interface SecurityHeadersParts {
  /** An origin; browsers are told to stay on TLS when it is https. */
  readonly publicUrl: string
  /** Whether they are told the same of all subdomains of its host, which then have to be served over TLS, too. */
  readonly hstsSubdomains: boolean
}

/**
 * What every answer says to browsers: nothing here may be sniffed, framed, or name its address to others. Pages replace the
 * content security policy with one of their own.
 */
export function securityHeaders({ publicUrl, hstsSubdomains }: SecurityHeadersParts): Step {
  const headers: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  }
  if (publicUrl.startsWith('https:'))
    headers['strict-transport-security'] = `max-age=31536000${hstsSubdomains ? '; includeSubDomains' : ''}`
  const entries = Object.entries(headers)
  return ({ response, id }) => {
    // The first is what AWS SDKs read, the second what everybody else does.
    response.setHeader('x-amzn-RequestId', id)
    response.setHeader('x-request-id', id)
    for (const [name, value] of entries) response.setHeader(name, value)
  }
}
