import { printSchemaWithDirectives } from '@graphql-tools/utils'
import {
  type GraphQLFieldExtensions,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
} from 'graphql'
import type { PrintedAccess } from './printed-access.ts'

/** The text of schema.graphql. */
export function printSchemaFile(schema: GraphQLSchema): string {
  return `# Printed from code by \`npm run generate\`. Do not edit.\n\n${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`
}

/** One line a field: what it needs. A change of permissions is a change of a line here. */
export function permissionTable(schema: GraphQLSchema): string {
  const rows = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => rowsOf(`${type.name}.${field.name}`, field.extensions)),
    )
    .toSorted()
  return `${HEAD}${rows.join('\n')}\n`
}

const HEAD = `# Permissions

Printed from code by \`npm run generate\`. Fields that are not listed are plain values of an object that was guarded already.

| field | rule | action | resource |
|---|---|---|---|
`

function rowsOf(field: string, extensions: Readonly<GraphQLFieldExtensions<unknown, unknown>>): string[] {
  const { access } = extensions
  if (!isPrintedAccess(access) || access.rule === 'parent') return []
  if (access.requirements.length === 0) return [`| ${field} | ${access.rule} | | |`]
  return access.requirements.map(
    ({ action, resource, conditional }) =>
      `| ${field} | ${access.rule}${conditional ? ', when asked for' : ''} | ${action} | ${resource} |`,
  )
}

function isPrintedAccess(value: unknown): value is PrintedAccess {
  return typeof value === 'object' && value !== null && 'rule' in value && 'requirements' in value
}
