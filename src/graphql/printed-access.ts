import { DirectiveLocation, GraphQLDirective, GraphQLNonNull, GraphQLString } from 'graphql'
import { type AccessDeclaration, type Requirement, resourceTemplate } from '../access/declaration.ts'

/** How schema.graphql shows what a field needs. */
export const accessDirective = new GraphQLDirective({
  name: 'access',
  description:
    'Permission that a field needs. Printed on every field that is guarded, so that a person reading the schema sees what to put in a policy. `resource` is an ARN template, e.g. "arn:aws:iam::{account}:user/{userName}".',
  isRepeatable: true,
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    action: { type: new GraphQLNonNull(GraphQLString) },
    resource: { type: new GraphQLNonNull(GraphQLString) },
  },
})

/** One declaration as the permission table shows it. */
export interface PrintedAccess {
  readonly rule: 'all' | 'any' | 'authenticated' | 'public' | 'parent'
  readonly requirements: readonly {
    readonly action: string
    readonly resource: string
    readonly conditional: boolean
  }[]
}

/** A declaration as it is printed. */
export function printAccess(declaration: AccessDeclaration<unknown, object>): PrintedAccess {
  if (declaration === 'public' || declaration === 'parent' || declaration === 'authenticated')
    return { rule: declaration, requirements: [] }
  if ('authenticated' in declaration) return { rule: 'authenticated', requirements: [] }
  const any = 'anyOf' in declaration
  const list = any ? declaration.anyOf : Array.isArray(declaration) ? declaration : [declaration]
  const requirements = (list as readonly Requirement<unknown, object>[]).map(({ action, when }) => ({
    action,
    resource: resourceTemplate(action),
    conditional: when !== undefined,
  }))
  // Two ways that read alike, such as two prefixes of one list, are one to whoever writes a policy.
  return any
    ? { rule: 'any', requirements: requirements.filter((one, i) => i === requirements.findIndex(sameAs(one))) }
    : { rule: 'all', requirements }
}

function sameAs({ action, resource }: PrintedAccess['requirements'][number]) {
  return (other: PrintedAccess['requirements'][number]) => other.action === action && other.resource === resource
}

/** A field's description with a sentence about what it needs. */
export function describeAccess(
  description: string | null | undefined,
  { rule, requirements }: PrintedAccess,
): string | undefined {
  const needs = requirements.map(
    ({ action, resource, conditional }) => `\`${action}\` on \`${resource}\`${conditional ? ' (when asked for)' : ''}`,
  )
  const text = {
    all: `Needs ${needs.join(' and ')}.`,
    any: `Needs ${needs.join(' or ')}.`,
    authenticated: 'Open to every signed-in caller.',
    public: 'Open to everybody.',
    parent: undefined,
  }[rule]
  return [description, text].filter(Boolean).join('\n\n') || undefined
}
