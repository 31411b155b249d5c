import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import type { GraphQLError, ValidationContext } from 'graphql'

/** What one request may ask for. GraphiQL's introspection query has some 250 tokens; introspection does not count as depth. */
const QUERY_LIMITS = { tokens: 4_000, depth: 12, aliases: 100 } as const

/** Reported like any other rule, so that the answer is a validation error with status 400; thrown, it would be a 200. */
const REPORTED = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
}

/** Refuses what would cost too much before it is executed: long documents, deep ones, and many copies of one field. */
export function queryLimits() {
  return [
    maxTokensPlugin({ n: QUERY_LIMITS.tokens }),
    maxDepthPlugin({ n: QUERY_LIMITS.depth, flattenFragments: true, ...REPORTED }),
    maxAliasesPlugin({ n: QUERY_LIMITS.aliases, allowList: [], ...REPORTED }),
  ]
}
