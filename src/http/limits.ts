/**
 * What one document may ask for, with its fragments written out. The console's longest has some 400 tokens and the widest query of
 * introspection of graphql-js 230 fields.
 */
export const DOCUMENT_LIMITS = {
  tokens: 4_000,
  depth: 12,
  /** Brackets in brackets; 12 fields with lists of objects as arguments have some 40, and the parser's stack holds thousands. */
  nesting: 200,
  /** Below `__schema` and `__type`: graphql-js asks for 14, nine of them the wrappings of a type. */
  introspectionDepth: 16,
  /** Fields that introspection is expected to resolve; all that graphql-js can ask for comes to 330,000, which takes 30 ms. */
  introspected: 400_000,
  aliases: 100,
  /** As many as 4,000 tokens can say without fragments: fragments save writing, not cost. */
  fields: 4_000,
  /** Validation compares every two fields of one response name, and nobody writes one so often into one selection set. */
  repeated: 100,
  /** Errors repeat the names that they are about. */
  longestName: 200,
  /** Source of the documents that are kept parsed, of all callers together: some 50 MB at the worst. */
  cachedCharacters: 250_000,
} as const

/** What errors may repeat of what the caller said. */
export const ERROR_LIMITS = {
  /** Faults of one document that are told. */
  ofOneDocument: 25,
  /** Characters of a message, and of each text beside it: as long as an ARN, which is the longest value that is one of ours. */
  characters: 4_096,
} as const

/**
 * Bytes of request bodies. Whoever is not known yet, and says nothing that could make them known, sends what fits a sign-in, a token of
 * an identity provider, or a query of GraphiQL.
 */
export const BODY_LIMITS = {
  graphql: 1_000_000,
  /** As AWS has it. */
  awsQuery: 10_000_000,
  /** Without a credential. */
  anonymous: 128_000,
  /** What is received and dropped of a body that is too long, as a multiple: who is cut off while sending does not read the answer. */
  droppedTimes: 16,
} as const

/** Bytes of bodies that are held at one time: in all, and of one sender, who may send the longest one there is. */
export interface FlightLimits {
  readonly total: number
  readonly perSender: number
}

export const IN_FLIGHT_LIMITS = {
  /** Senders who are not authenticated yet, by address. */
  strangers: { total: 48_000_000, perSender: 12_000_000 },
  /** Callers who are, by principal. */
  callers: { total: 128_000_000, perSender: 16_000_000 },
} satisfies Record<string, FlightLimits>

/** Header lines of a request. Browsers, SDKs and proxies in a row send some forty. */
export const MAX_HEADER_LINES = 100

/** What connections may take, in milliseconds where nothing else is said. */
export interface ConnectionLimits {
  /** For the head of a request. */
  readonly headersTimeout: number
  /** For all of a request. */
  readonly requestTimeout: number
  /** Idle before the next request. */
  readonly keepAliveTimeout: number
  /** Without a byte in either direction: who asks and does not read the answer. Event streams say something every few seconds. */
  readonly idleTimeout: number
  /** How often the first two are looked at. */
  readonly connectionsCheckingInterval: number
  /** Bytes of the head: a presigned address with a session token has some 4,000. */
  readonly maxHeaderSize: number
  readonly maxConnections: number
  /** From one address, unless that is a proxy that is believed, or this machine. */
  readonly maxConnectionsPerAddress: number
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  /** Longer than the 60 s after which the usual proxies close: who closes first must not be the one that is asked. */
  keepAliveTimeout: 65_000,
  idleTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
  /** An idle one takes some 10 kB; the limit of open files of most systems is higher. */
  maxConnections: 2_000,
  /** Five pools of an SDK, or forty browsers behind one address. */
  maxConnectionsPerAddress: 256,
}
