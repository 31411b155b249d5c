/**
 * The name of the cookie that keeps a browser signed in.
 *
 * Over https it has the prefix that browsers tie to this very host (RFC 6265bis §4.1.3.2): a cookie so named is taken only with
 * `Secure`, `Path=/` and without `Domain`, so neither a sibling subdomain nor somebody on the network can plant one. Over http no
 * such promise exists. There the name is another one, so that nothing that was planted without TLS ever counts with it, and it
 * holds the port: cookies do not know ports, and two servers on one machine would overwrite each other's.
 *
 * @param publicOrigin scheme, host and port under which browsers reach the service
 */
export function sessionCookieName(publicOrigin: string): string {
  const { protocol, port } = new URL(publicOrigin)
  return protocol === 'https:' ? '__Host-latchkey-session' : `latchkey-session-${port === '' ? '80' : port}`
}

/**
 * The values of all cookies with a name, in the order in which the browser sent them.
 *
 * Cookies are separated by semicolons and nothing else, and only blanks around a pair go (RFC 6265 §5.4): whoever also split at
 * commas or trimmed other white space would find a `__Host-` cookie inside one that any subdomain may plant.
 */
export function cookieValues(rawHeaders: readonly string[], name: string): string[] {
  const lines = rawHeaders.filter((_text, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'cookie')
  return lines
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.replaceAll(/^[ \t]+|[ \t]+$/g, ''))
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
