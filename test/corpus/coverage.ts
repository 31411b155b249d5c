import { declaredAccess } from '../graphql/declared-access.ts'
import { ACTIONS, badParameters, operationNamed, rootFieldOf } from './aws-door.ts'
import type { Exchange } from './exchange.ts'
import { ROOT_FIELD_NAMES, rootField } from './graphql-door.ts'

const HINT = 'Ask for it in a scenario of test/corpus/scenarios, and record that: npx vitest run test/corpus -u'

/** What no recording tells, as sentences that say what to do. */
export function missingFrom(corpus: readonly Exchange[]): readonly string[] {
  const answers = new Map<string, Set<string>>()
  for (const { subject, codes } of corpus) {
    if (subject === null) continue
    const key = `${subject.door} ${subject.name}`
    answers.set(key, (answers.get(key) ?? new Set()).add(codes[0] ?? 'allowed'))
  }
  const lacks = (door: 'graphql' | 'aws', name: string, field: string): readonly string[] => {
    const heard = answers.get(`${door} ${name}`) ?? new Set()
    const isRefused = door === 'graphql' || heard.has('ValidationError') || badParameters(name) === null
    const missing = [
      ...(heard.has('allowed') ? [] : ['carried out']),
      ...(isDenied(heard, field) ? [] : ['denied']),
      ...(isRefused ? [] : ['refused for bad parameters']),
    ]
    return missing.map((outcome) => `No recording shows ${name} ${outcome}. ${HINT}`)
  }
  return [
    ...ROOT_FIELD_NAMES.flatMap((name) => lacks('graphql', name, name)),
    ...ACTIONS.flatMap((name) => lacks('aws', name, rootFieldOf(operationNamed(name).operation))),
  ]
}

/** What everybody may ask for who has signed is refused to those who have not; what is public refuses for reasons of its own. */
function isDenied(heard: ReadonlySet<string>, field: string): boolean {
  const { rule } = declaredAccess(rootField(field)) ?? {}
  if (rule === 'public') return [...heard].some((code) => code !== 'allowed')
  return heard.has(rule === 'authenticated' ? 'MissingAuthenticationToken' : 'AccessDenied')
}
