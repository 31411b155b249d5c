import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { codegen } from '@graphql-codegen/core'
import * as operationTypes from '@graphql-codegen/typescript-operations'
import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  print,
  printSchema,
  stripIgnoredCharacters,
  validate,
  visit,
} from 'graphql'

const ROOT = path.join(import.meta.dirname, '..')
const CONSOLE = 'src/console'

/** What a scalar of the schema is in JSON. One that is missing here stops the generation. */
const SCALARS = { ID: 'string', ARN: 'string', DateTime: 'string', JSON: 'unknown', PolicyDocument: 'string' }

/** What the types of an operation are called after its name. */
const KINDS = {
  [OperationTypeNode.QUERY]: 'Query',
  [OperationTypeNode.MUTATION]: 'Mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'Subscription',
}

/**
 * The console's documents: each `documents.graphql` below src/console is checked against the schema and printed as
 * `documents.generated.ts` beside it, one typed constant per operation. A file is complete in itself: its fragments are its
 * own. Returns the texts by path from the root; throws with every fault that was found.
 */
export async function consoleDocuments(schema: GraphQLSchema): Promise<Record<string, string>> {
  const files = readdirSync(path.join(ROOT, CONSOLE), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'documents.graphql')
    .map((file) => `${CONSOLE}/${file.replaceAll('\\', '/')}`)
    .toSorted()
  const sources = files.map((file) => ({ file, document: parse(readFileSync(path.join(ROOT, file), 'utf8')) }))
  const faults = sources.flatMap(({ file, document }) =>
    validate(schema, document).map(({ message, locations }) => `${file}:${locations?.[0]?.line}: ${message}`),
  )
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const schemaDocument = parse(printSchema(schema))
  const printed = await Promise.all(
    sources.map(async ({ file, document }) => {
      const target = file.replace(/\.graphql$/, '.generated.ts')
      return [target, await printDocuments(file, document, schemaDocument)] as const
    }),
  )
  return Object.fromEntries(printed)
}

async function printDocuments(file: string, document: DocumentNode, schema: DocumentNode): Promise<string> {
  const types = await codegen({
    filename: file,
    schema,
    documents: [{ location: file, document }],
    plugins: [{ operationTypes: {} }],
    pluginMap: { operationTypes },
    config: { scalars: SCALARS, strictScalars: true, skipTypename: true, enumType: 'string-literal' },
  })
  const toConsole = path.posix.relative(path.posix.dirname(file), `${CONSOLE}/api/document.ts`)
  const importPath = toConsole.startsWith('.') ? toConsole : `./${toConsole}`
  const constants = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined) return []
    const { value } = definition.name
    const kind = KINDS[definition.operation]
    const text = stripIgnoredCharacters(
      [definition, ...fragmentsOf(definition, document)].map((node) => print(node)).join('\n'),
    )
    return [
      `export const ${value}Document: Document<${value}${kind}, ${value}${kind}Variables> = ${JSON.stringify(text)}`,
    ]
  })
  return `// Printed from documents.graphql by \`npm run generate\`. Do not edit.
import type { Document } from '${importPath}'

${withoutBlanks(types)}

${constants.join('\n\n')}
`
}

function withoutBlanks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** Those that the definition spreads, directly or through others, each once. */
function fragmentsOf(definition: DefinitionNode, document: DocumentNode): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>()
  const search = (node: DefinitionNode) => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = document.definitions.find(
          (other) => other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === name.value,
        )
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || found.has(name.value)) return
        found.set(name.value, fragment)
        search(fragment)
      },
    })
  }
  search(definition)
  return [...found.values()]
}
