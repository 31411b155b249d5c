import { type DocumentNode, Kind, visit } from 'graphql'

/** The directive of schema.graphql that says what a field needs. */
const ACCESS = 'access'

/**
 * The names of all actions that a field of the schema needs, as a type: the console asks about these. The text by its path from
 * the root.
 */
export function consoleActions(schema: DocumentNode): Record<string, string> {
  const names = new Set<string>()
  visit(schema, {
    Directive(node) {
      if (node.name.value !== ACCESS) return
      for (const { name, value } of node.arguments ?? [])
        if (name.value === 'action' && value.kind === Kind.STRING) names.add(value.value)
    },
  })
  if (names.size === 0) throw new Error(`no field of the schema has @${ACCESS}(action: …)`)
  const union = [...names].toSorted().map((name) => `  | '${name}'`)
  return {
    'src/console/access/action-name.generated.ts': `// Printed from schema.graphql by \`npm run generate\`. Do not edit.

/** An action that guards something: what the console can ask about. */
export type ActionName =
${union.join('\n')}
`,
  }
}
