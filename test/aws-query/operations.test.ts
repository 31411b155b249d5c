import { Kind, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { SERVICES } from '../support/aws-services.ts'
import { buildSchema } from '../../src/graphql/schema.ts'

const schema = buildSchema()
const operations = SERVICES.flatMap((service) => service.operations.map((operation) => ({ service, operation })))

describe('every action', () => {
  test('has one row', () => {
    const names = operations.map(({ service, operation }) => `${service.name}:${operation.name}`)
    expect(names.length).toBeGreaterThan(110)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(operations)('is an operation of the schema with one root field: $operation.name', ({ operation }) => {
    const document = parse(operation.document)
    expect(validate(schema, document)).toEqual([])
    expect(document.definitions).toMatchObject([
      { kind: Kind.OPERATION_DEFINITION, selectionSet: { selections: [{ kind: Kind.FIELD }] } },
    ])
  })
})
