import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sender } from '../aws-query/clients.ts'
import { SERVICES } from '../support/aws-services.ts'
import { type Installation, openInstallation } from '../support/installation.ts'
import { openWorld, type World } from '../support/world.ts'
import { ERROR_CASES, type Form, MISSING } from './aws-errors-cases.ts'
import { type ModelledError, modelledErrors } from './aws-errors-model.ts'
import { ELSEWHERE, NEVER } from './aws-errors-never.ts'
import { fillUp } from './full-account.ts'

/*
 * AWS's model says with which errors each operation can answer. For each one there is a request here that provokes it over the AWS
 * door, a test elsewhere, or a reason why it cannot come.
 */

let installation: Installation
let world: World
/** Of another account, which is at its quotas. */
let full: World
beforeAll(async () => {
  installation = await openInstallation()
  world = await openWorld(installation)
  full = await openWorld(installation)
  await fillUp(full)
})
afterAll(() => installation.stop())

const MODEL = modelledErrors()
const told = ({ action, code }: Pick<ModelledError, 'action' | 'code'>) => `${action} ${code}`
const WRITTEN = new Set(ERROR_CASES.map(told))
const excused = ({ action, code }: ModelledError) =>
  [...NEVER, ...ELSEWHERE].some((one) => one.code === code && one.actions.test(action))
/** Names that nothing has are the same for all operations. */
const MISSING_ENTITIES = MODEL.filter((error) => error.code === 'NoSuchEntity' && !excused(error))

test('every error that AWS’s model says of an operation has a request, a test elsewhere, or a reason', () => {
  expect(MODEL.length).toBeGreaterThan(350)
  const open = MODEL.filter(({ code }) => code !== 'NoSuchEntity').filter((error) => !WRITTEN.has(told(error)))
  expect(open.filter((error) => !excused(error)).map(told)).toEqual([])
})

test('no reason is given for nothing, or for what a request provokes', () => {
  for (const { code, actions } of [...NEVER, ...ELSEWHERE]) {
    const about = MODEL.filter((error) => error.code === code && actions.test(error.action))
    expect([code, actions.source, about.length > 0]).toEqual([code, actions.source, true])
    expect(about.map(told).filter((one) => WRITTEN.has(one))).toEqual([])
  }
})

test.each(ELSEWHERE)('$code is in $file', ({ code, file }) => {
  expect(readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8')).toContain(`'${code}'`)
})

/** Of names the given ones, of all else what the operation must have. */
const NAMES = /^(?:UserName|GroupName|RoleName|InstanceProfileName|PolicyArn|SerialNumber|PermissionsBoundary)$/

async function codeOf(action: string, form: Form, about: World, names = false): Promise<readonly unknown[]> {
  const service = SERVICES.find(({ operations }) => operations.some(({ name }) => name === action))
  const parameters = service?.operations.find(({ name }) => name === action)?.parameters ?? {}
  const usual = Object.entries(MISSING(about)).filter(([name]) => {
    const [top = ''] = name.split('.')
    return parameters[top]?.required === true || (names && top in parameters && NAMES.test(top))
  })
  const body = new URLSearchParams({
    Action: action,
    Version: service?.version ?? '',
    ...Object.fromEntries(usual),
    ...form,
  })
  const send = sender(installation, about.account.rootKey)
  const answer = await send(body.toString(), { service: service?.name })
  return [answer.text('Code'), answer.text('Message')]
}

describe('NoSuchEntity', () => {
  test.each(MISSING_ENTITIES.map(({ action }) => action))('%s', async (action) => {
    if (action.endsWith('AccountPasswordPolicy')) await installation.db.passwordPolicy.deleteMany()
    expect(await codeOf(action, {}, world, true)).toEqual(['NoSuchEntity', expect.any(String)])
  })
})

test.each(ERROR_CASES)('$code of $action', async ({ action, code, form }) => {
  // The other account has one server certificate only.
  const about = code === 'LimitExceeded' || action === 'UpdateServerCertificate' ? full : world
  expect(await codeOf(action, form({ ...about, taken: full.alias }), about)).toEqual([code, expect.any(String)])
})
