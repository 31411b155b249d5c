/**
 * What one document may ask for, with its fragments written out. The console's longest has some 400 tokens and the widest query of
 * introspection of graphql-js 330 fields.
 */
export const DOCUMENT_LIMITS = {
  tokens: 4_000,
  depth: 12,
  /** Below `__schema` and `__type`: graphql-js asks for 14, nine of them the wrappings of a type. */
  introspectionDepth: 16,
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
