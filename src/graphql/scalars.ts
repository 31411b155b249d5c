import { GraphQLError, Kind, type ValueNode } from 'graphql'
import { builder } from './builder.ts'

builder.scalarType('ARN', {
  description: 'An Amazon Resource Name, e.g. `arn:aws:iam::123456789012:user/alice`.',
  serialize: String,
  parseValue: (value) => {
    if (typeof value !== 'string') throw new GraphQLError('ARN must be a string')
    return value
  },
})

builder.scalarType('DateTime', {
  description: 'A moment in UTC, ISO 8601: `2026-01-31T08:15:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const date = typeof value === 'string' ? new Date(value) : null
    if (!date || Number.isNaN(date.getTime())) throw new GraphQLError('DateTime must be an ISO 8601 string')
    return date
  },
})

builder.scalarType('PolicyDocument', {
  description:
    'A JSON policy document. Accepts a JSON object or a JSON string; returns the document as stored, key order kept.',
  serialize: (text): unknown => JSON.parse(text),
  // Any text passes here: what is wrong with it is told by the policy parser, with path, line and column.
  parseValue: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parseLiteral: (node, variables) => {
    const value = literalValue(node, variables)
    return typeof value === 'string' ? value : JSON.stringify(value)
  },
})

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
})

function literalValue(node: ValueNode, variables: Record<string, unknown> | null | undefined): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value)
    case Kind.NULL:
      return null
    case Kind.LIST:
      return node.values.map((item) => literalValue(item, variables))
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, literalValue(value, variables)]))
    default:
      return variables?.[node.name.value]
  }
}
