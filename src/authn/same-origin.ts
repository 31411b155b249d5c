/** What a browser says of where a request comes from; scripts can forge neither. */
export interface OriginHeaders {
  readonly secFetchSite: string | undefined
  readonly origin: string | undefined
}

/**
 * Whether the browser itself vouches that the request comes from a page of this origin (Fetch Metadata Request Headers §2.3). Browsers
 * send `Sec-Fetch-Site` only over TLS and to localhost: without it, `Origin` decides (OWASP, "Cross-Site Request Forgery Prevention").
 *
 * @param publicOrigin scheme, host and port under which browsers reach the service
 */
export function isSameOrigin({ secFetchSite, origin }: OriginHeaders, publicOrigin: string): boolean {
  return secFetchSite === undefined ? origin === publicOrigin : secFetchSite === 'same-origin'
}
