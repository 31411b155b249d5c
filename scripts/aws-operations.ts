import { type GraphQLSchema, Kind, OperationTypeNode, parse } from 'graphql'
import { AWS_NAMES, PERMISSION_ONLY } from '../src/access/aws-names.ts'
import { servicesOf } from '../src/aws-query/services.ts'

/** docs/aws-operations.md: every operation of IAM and STS, with the field that carries it out or the reason why there is none. */
export function awsOperationsTable(schema: GraphQLSchema): string {
  const fields = new Map(
    servicesOf(schema).flatMap(({ name, operations }) =>
      operations.map((operation) => [`${name}:${operation.name}`, fieldOf(operation.document)]),
    ),
  )
  const operations = AWS_NAMES.filter(({ notOffered }) => notOffered !== PERMISSION_ONLY)
  const offered = operations.filter(({ notOffered }) => notOffered === null)
  const rows = operations.map(({ service, name, notOffered }) => {
    const action = `${service}:${name}`
    return `| ${action} | ${notOffered === null ? `\`${fields.get(action)}\`` : `not offered (${notOffered})`} |`
  })
  return `# Operations of AWS

Printed from code by \`npm run generate\`: ${offered.length} of the ${operations.length} operations of IAM and STS are offered, in both doors. An operation that is not offered is refused with UnsupportedOperation and its reason, one that is about organizations with OrganizationNotFoundException.

| operation | field |
|---|---|
${rows.toSorted().join('\n')}
`
}

/** `Query.users` of `query { users { … } }`. */
function fieldOf(document: string): string {
  const [definition] = parse(document).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No operation: ${document}`)
  const [field] = definition.selectionSet.selections
  if (field?.kind !== Kind.FIELD) throw new Error(`No field: ${document}`)
  return `${definition.operation === OperationTypeNode.MUTATION ? 'Mutation' : 'Query'}.${field.name.value}`
}
