import { compileAction } from './match/action.ts'
import type { PatternList, PolicyDocument } from './types.ts'

/**
 * What the Allow statements of a document are about, whatever resources and conditions they have: what the document may be used for.
 * What a Deny takes away again is not looked at, as IAM's reports of last accessed services do not.
 */
export interface Grants {
  /** The services that Allow statements name, in lower case; a star names none. */
  readonly services: ReadonlySet<string>
  /** Whether anything of a service is allowed. */
  toService(service: string): boolean
  /** Whether an action, `service:Name`, is allowed. Case does not count. */
  toAction(action: string): boolean
}

/** What a document grants. Nothing of it depends on a request. */
export function grantsOf({ statements }: PolicyDocument): Grants {
  const allowed = statements.filter(({ effect }) => effect === 'Allow').map(({ action }) => allowedBy(action))
  return {
    services: new Set(allowed.flatMap(({ services }) => services)),
    toService: (service) => allowed.some((statement) => statement.toService(service.toLowerCase())),
    toAction: (action) => allowed.some((statement) => statement.toAction(action.toLowerCase())),
  }
}

interface Allowed {
  readonly services: readonly string[]
  toService(lowerService: string): boolean
  toAction(lowerAction: string): boolean
}

function allowedBy({ negated, values }: PatternList): Allowed {
  const patterns = values.map(compileAction)
  // NotAction leaves something of every service but of those of which it names all.
  const counting = patterns.filter((_pattern, i) => !negated || WHOLE_SERVICE.test(values[i]!))
  const counted = new Set(counting.map(({ service }) => service ?? EVERY_SERVICE))
  return {
    services: patterns.flatMap(({ service }) => service ?? []),
    toService: (asked) => (counted.has(EVERY_SERVICE) || counted.has(asked)) !== negated,
    toAction: (asked) => patterns.some(({ glob }) => glob.matches(asked)) !== negated,
  }
}

const EVERY_SERVICE = '*'

/** Every action of a service, or of all of them. */
const WHOLE_SERVICE = /^(?:[^:]*:)?\*+$/
