/** A request as it came in over HTTP/1.1, before anything was decoded. */
export interface SignedRequest {
  method: string
  /** The request target as received: path and query, still percent-encoded. */
  url: string
  /** Name, value, name, value … as received (`http.IncomingMessage.rawHeaders`: one character per byte). */
  rawHeaders: readonly string[]
  body: Uint8Array
  /** The client's address, as far as it is known: wrong signatures are counted by it. */
  sourceIp?: string | null
}
