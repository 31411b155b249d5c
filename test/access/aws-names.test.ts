import { describe, expect, test } from 'vitest'
import { ACTIONS } from '../../src/access/actions.ts'
import { AWS_NAMES, type AwsName, PERMISSION_ONLY } from '../../src/access/aws-names.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { KNOWN_ACTIONS } from '../../src/iam/simulation/known-actions.ts'
import { rootFieldOf } from '../corpus/aws-door.ts'
import { declaredAccess } from '../graphql/declared-access.ts'
import { SERVICES } from '../support/aws-services.ts'
import { sdkOperations } from '../support/sdk-models.ts'

const LIST = 'src/access/aws-names.ts'

const listed = new Map(AWS_NAMES.map((entry) => [actionOf(entry), entry]))
const offered = AWS_NAMES.filter(({ notOffered }) => notOffered === null).map(actionOf)
const operations = new Set((['iam', 'sts'] as const).flatMap((s) => sdkOperations(s).map((name) => `${s}:${name}`)))
const served = new Map(
  SERVICES.flatMap((service) =>
    service.operations.map((operation) => [`${service.name}:${operation.name}`, operation]),
  ),
)
const inCatalogue = Object.keys(ACTIONS).filter((action) => /^(?:iam|sts):/.test(action))

function actionOf({ service, name }: AwsName): string {
  return `${service}:${name}`
}

/** Sentences about all that are wrong; the test passes when there is none. */
function wrong(actions: Iterable<string>, isWrong: (action: string) => boolean, sentence: string): string[] {
  return [...actions].filter(isWrong).map((action) => `${action} ${sentence}`)
}

const isKnown = (action: string) => [null, PERMISSION_ONLY].includes(listed.get(action)?.notOffered ?? null)

describe('the list of AWS’s names', () => {
  test('has each name once', () => {
    const names = AWS_NAMES.map(actionOf)
    const twice = names.filter((name, at) => names.indexOf(name) !== at)
    expect(wrong(twice, () => true, `is twice in ${LIST}: take one of them out.`)).toEqual([])
  })

  test('has every operation of the SDK', () => {
    expect(operations.size).toBeGreaterThan(190)
    const sentence = `is an operation of AWS's SDK and missing in ${LIST}: add it there, offered or with the reason why not.`
    expect(wrong(operations, (action) => !listed.has(action), sentence)).toEqual([])
  })

  test('has beside them what is a permission only', () => {
    const only = AWS_NAMES.filter(({ notOffered }) => notOffered === PERMISSION_ONLY).map(actionOf)
    expect(only).toEqual(expect.arrayContaining(['iam:PassRole', 'sts:TagSession', 'sts:SetSourceIdentity']))
    const become = `is an operation of AWS's SDK by now: give it another place in ${LIST} than that of permissions only.`
    expect(wrong(only, (action) => operations.has(action), become)).toEqual([])
    const others = [...listed.keys()].filter((action) => !only.includes(action))
    const gone = `is in ${LIST} and no operation of AWS's SDK: correct the name, or put it under '${PERMISSION_ONLY}'.`
    expect(wrong(others, (action) => !operations.has(action), gone)).toEqual([])
  })

  test('calls offered what is served, and nothing else', () => {
    const missing = `is offered in ${LIST} and not served: declare a mutation of its name, or write a row in src/aws-query/operations/.`
    expect(wrong(offered, (action) => !served.has(action), missing)).toEqual([])
    const unsaid = `is served and not offered in ${LIST}: move it into the list of its service that is offered.`
    expect(wrong(served.keys(), (action) => listed.get(action)?.notOffered !== null, unsaid)).toEqual([])
  })

  test('calls offered what is in the catalogue of actions, unless it needs no permission there', () => {
    const undeclared = (action: string) => !inCatalogue.includes(action) && needsPermission(action)
    const missing = `is offered in ${LIST} and missing in ACTIONS of src/access/actions.ts: say there what it is judged on.`
    expect(wrong(offered, undeclared, missing)).toEqual([])
    const unsaid = `is in ACTIONS of src/access/actions.ts and neither offered nor a permission only in ${LIST}.`
    expect(wrong(inCatalogue, (action) => !listed.has(action) || !isKnown(action), unsaid)).toEqual([])
  })

  test('is what policies can name', () => {
    const nameless = AWS_NAMES.filter(
      ({ notOffered }) => notOffered === 'new at AWS: no permission is known under its name',
    )
    expect([...KNOWN_ACTIONS.keys(), ...nameless.map(actionOf)].toSorted()).toEqual([...listed.keys()].toSorted())
  })
})

const schema = buildSchema()

/** False where the field that carries it out lets everybody pass, or everybody who is signed in. */
function needsPermission(action: string): boolean {
  const operation = served.get(action)
  if (operation === undefined) return true
  const root = operation.document.startsWith('mutation') ? schema.getMutationType() : schema.getQueryType()
  const field = root?.getFields()[rootFieldOf(operation)]
  const rule = field && declaredAccess(field)?.rule
  return rule !== 'authenticated' && rule !== 'public'
}
