import { type AccessLevel, type Action, ACTIONS, type ActionFacts } from '../../access/actions.ts'
import { AWS_NAMES } from '../../access/aws-names.ts'
import { factsOf } from '../../access/entities.ts'
import type { ActionCatalogue } from '../../policy/index.ts'

/** What policies can name of IAM and STS, here or at AWS; nothing is known of the actions of other services. */
export const KNOWN_ACTIONS: ActionCatalogue = new Map(
  AWS_NAMES.filter(({ notOffered }) => notOffered !== 'new at AWS: no permission is known under its name').map(
    ({ service, name }): [string, readonly string[] | null] => [
      `${service}:${name}`,
      judgedOn(factsOfAction(`${service}:${name}`)),
    ],
  ),
)

/** An action that can be named to a person who chooses one. */
export interface KnownAction {
  readonly name: string
  /** Null where it is not known: for actions that no field of this server needs. */
  readonly accessLevel: AccessLevel | null
  /** Patterns of the ARNs that it is judged on, `?` for each digit of the account; null where they are not known. */
  readonly resourceArns: readonly string[] | null
}

/** The actions that this server asks for, and those of IAM and STS that policies may name all the same, by name. */
export function knownActions(): KnownAction[] {
  const offered = Object.entries(ACTIONS).map(
    ([name, facts]): KnownAction => ({ name, accessLevel: facts.level, resourceArns: resourcesOf(facts) }),
  )
  const others = [...KNOWN_ACTIONS.keys()]
    .filter((name) => !isAction(name))
    .map((name): KnownAction => ({ name, accessLevel: null, resourceArns: null }))
  return [...offered, ...others].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function resourcesOf({ resource, listed }: ActionFacts): readonly string[] {
  return listed === undefined ? factsOf(resource).arns : [`arn:aws:iam::????????????:${listed}/*`]
}

/** Null where not all resources are known: of actions that no field needs, and of those on temporary credentials. */
function judgedOn(facts: ActionFacts | null): readonly string[] | null {
  return facts === null || facts.resource === 'federated-user' ? null : resourcesOf(facts)
}

function factsOfAction(action: string): ActionFacts | null {
  return isAction(action) ? ACTIONS[action] : null
}

function isAction(text: string): text is Action {
  return Object.hasOwn(ACTIONS, text)
}
