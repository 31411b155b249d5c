export interface BearerFetchOptions {
  /** The access token, or what supplies the current one. */
  accessToken: string | (() => string | Promise<string>)
  /** What sends the request. */
  fetch?: typeof globalThis.fetch
}

/** A `fetch` that sends an access token, for `new GraphQLClient(url, { fetch })` in a portal that signed in. */
export function createBearerFetch({ accessToken, fetch }: BearerFetchOptions): typeof globalThis.fetch {
  const send = fetch ?? globalThis.fetch.bind(globalThis)
  return async (input, init = {}) => {
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined))
    headers.set('authorization', `Bearer ${typeof accessToken === 'string' ? accessToken : await accessToken()}`)
    return send(input, { ...init, headers })
  }
}
