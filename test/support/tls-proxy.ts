import { request } from 'node:http'
import { createServer } from 'node:https'
import { selfSignedCertificate } from './self-signed-certificate.ts'

/** A proxy that ends TLS, as operators put one in front, until it is closed. */
export async function tlsProxy(port: number): Promise<{ readonly port: number; readonly close: () => void }> {
  const { key, certificate } = selfSignedCertificate()
  const server = createServer({ key, cert: certificate }, (incoming, outgoing) => {
    const { method, url, headers } = incoming
    const inner = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    inner.on('error', () => outgoing.destroy())
    incoming.pipe(inner)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was bound')
  return {
    port: address.port,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
