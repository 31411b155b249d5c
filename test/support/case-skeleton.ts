import { type GraphQLField, type GraphQLSchema, isInputObjectType, isNonNullType, isObjectType } from 'graphql'
import { operationFactsOf } from '../../src/graphql/operation-facts.ts'
import { declaredAccess } from '../graphql/declared-access.ts'

/**
 * The case that a guarded field lacks, ready to be pasted into `test/graphql/guarded-fields.ts` or a file that it spreads; what only a person knows
 * is left as `…`: which thing of the world it is about, and how a denial shows that.
 */
export function caseSkeleton(schema: GraphQLSchema, place: string): string {
  const [typeName = '', fieldName = ''] = place.split('.')
  const type = schema.getType(typeName)
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined
  if (field === undefined) return place
  const needs = (declaredAccess(field)?.requirements ?? []).map(
    ({ action }) => `{ action: '${action}', on: …, display: …, shown: … }`,
  )
  return [
    '{',
    `  field: '${place}',`,
    '  ask: (world) => ({',
    `    ${questionOf(typeName, field)}`,
    `    needs: [${needs.join(', ')}],`,
    '  }),',
    '  // The same about something that does not exist: denied comes before not found.',
    '  askAboutNothing: (world) => ({ … }),',
    '},',
  ].join('\n')
}

function questionOf(typeName: string, field: GraphQLField<unknown, unknown>): string {
  if (typeName !== 'Mutation' || operationFactsOf(field) === null)
    return `query: '{ ${field.name} … }', finds: '${field.name}',`
  return `...mutation('${field.name}', { ${membersOf(field).join(', ')} }),`
}

/** What must be given. */
function membersOf({ args: [input] }: GraphQLField<unknown, unknown>): string[] {
  const type = input && isNonNullType(input.type) ? input.type.ofType : input?.type
  if (!isInputObjectType(type)) return []
  return Object.values(type.getFields())
    .filter((member) => isNonNullType(member.type) && member.defaultValue === undefined)
    .map(({ name }) => `${name}: …`)
}
