import type { GraphQLField } from 'graphql'
import type { PrintedAccess } from '../../src/graphql/printed-access.ts'

/** What the access plugin noted about a field of the built schema; undefined for plain values. */
export function declaredAccess({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): PrintedAccess | undefined {
  const { access }: { access?: PrintedAccess } = extensions
  return access
}
