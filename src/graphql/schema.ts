import './schema/index.ts'
import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'

/** The schema that is served. Throws when a field does not say what it needs. */
export function buildSchema(): GraphQLSchema {
  return builder.toSchema()
}
