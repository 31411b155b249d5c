import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AwsOperation, Service } from '../../src/aws-query/operation.ts'
import type { Parameter, Parameters } from '../../src/aws-query/parameters.ts'
import { SERVICES } from '../support/aws-services.ts'
import { SDK_MODELS } from '../support/sdk-models.ts'
import { findTool } from '../contract/aws-tools.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { sender, STS } from './clients.ts'

/** Members of lists and structures by dotted names, as `Tags.Key`. */
type Names = readonly string[]

/** Smithy's schemas as SDKs carry them: lists and structures are arrays whose first item says which. */
const LIST = 1
const STRUCTURE = 3
const UNION = 4

const actions = SERVICES.flatMap(({ name: service, operations }) =>
  operations.map((operation): [Service['name'], string, AwsOperation] => [service, operation.name, operation]),
)

/** What AWS's model offers, from the SDK in the version that package-lock.json names. */
function offered(service: Service['name'], action: string): Names {
  const operation: unknown = Reflect.get(SDK_MODELS[service], `${action}$`)
  if (!Array.isArray(operation)) throw new Error(`the SDK has no ${action}`)
  return namesIn(operation[4], '')
}

function namesIn(lazy: unknown, prefix: string): Names {
  const schema: unknown = typeof lazy === 'function' ? lazy() : lazy
  if (!Array.isArray(schema)) return []
  const [kind, , , , members, schemas]: readonly unknown[] = schema
  if (kind === LIST) return namesIn(members, prefix)
  if ((kind !== STRUCTURE && kind !== UNION) || !Array.isArray(members) || !Array.isArray(schemas)) return []
  return members.flatMap((name, at) => [`${prefix}${name}`, ...namesIn(schemas[at], `${prefix}${name}.`)])
}

/** What the operation reads or refuses. Of a parameter that is refused whatever is inside is refused with it. */
function answered({ parameters = {}, paged }: AwsOperation, asked: Names): Names {
  const own = membersOf(parameters, '', asked)
  return paged ? [...own, 'Marker', 'MaxItems'] : own
}

function membersOf(parameters: Parameters, prefix: string, asked: Names): Names {
  return Object.entries(parameters).flatMap(([name, parameter]) => [
    `${prefix}${name}`,
    ...insideOf(parameter, `${prefix}${name}.`, asked),
  ])
}

function insideOf(parameter: Parameter, prefix: string, asked: Names): Names {
  if (parameter.kind === 'list') return insideOf(parameter.of, prefix, asked)
  if (parameter.kind === 'structure') return membersOf(parameter.members, prefix, asked)
  if (parameter.kind === 'only') return [`${prefix}${parameter.member}`]
  return parameter.kind === 'refused' ? asked.filter((name) => name.startsWith(prefix)) : []
}

describe('no parameter of AWS’s model is taken in silence', () => {
  test.each(actions)('%s %s', (service, action, operation) => {
    const names = offered(service, action)
    expect([...new Set(answered(operation, names))].toSorted()).toEqual([...new Set(names)].toSorted())
  })
})

const BOTOCORE = `
import json, sys, botocore.session
session = botocore.session.get_session()
def names(shape, prefix=""):
    if shape is None: return []
    if shape.type_name == "list": return names(shape.member, prefix)
    if shape.type_name != "structure": return []
    return [n for k, v in shape.members.items() for n in [prefix + k, *names(v, prefix + k + ".")]]
asked = json.load(sys.stdin)
models = {service: session.get_service_model(service) for service in ("iam", "sts")}
print(json.dumps([names(models[s].operation_model(a).input_shape) for s, a in asked]))
`

const boto3 = findTool('python3-boto3')
test.runIf(boto3)('none of the model of the botocore that is installed, either', { timeout: 60_000 }, () => {
  const input = JSON.stringify(actions.map(([service, action]) => [service, action]))
  const { stdout, stderr } = spawnSync('python3', ['-c', BOTOCORE], { input, encoding: 'utf8' })
  expect(stderr).toBe('')
  const models: string[][] = JSON.parse(stdout)
  const silent = actions.flatMap(([, action, operation], at) => {
    const names = models[at] ?? []
    const known = answered(operation, names)
    return names.filter((name) => !known.includes(name)).map((name) => `${action} ${name}`)
  })
  expect(silent).toEqual([])
})

describe('a parameter that is refused', () => {
  let installation: Installation
  let account: Account
  beforeAll(async () => {
    installation = await openInstallation()
    account = await installation.openAccount()
  })
  afterAll(() => installation.stop())

  const ROLE = 'RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=session'

  test.each([
    [`Action=GetSessionToken&${STS}&MinimumSessionTokenSize=4000`, 'minimumSessionTokenSize'],
    [`Action=AssumeRole&${STS}&${ROLE}&ProvidedContexts.member.1.ProviderArn=arn`, 'providedContexts'],
  ])('is named: %s', async (body, place) => {
    const { status, text } = await sender(installation, account.rootKey)(body, { service: 'sts' })
    expect([status, text('Code')]).toEqual([400, 'ValidationError'])
    expect(text('Message')).toContain(`Value at '${place}' failed to satisfy constraint`)
    expect(text('Message')).toContain('Member is not supported by this server')
  })

  test('is none when it is empty', async () => {
    const body = `Action=AssumeRole&${STS}&${ROLE}&ProvidedContexts=`
    const { text } = await sender(installation, account.rootKey)(body, { service: 'sts' })
    expect(text('Code')).toBe('AccessDenied')
  })
})
