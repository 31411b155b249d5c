import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createBearerFetch } from '../../src/client/index.ts'
import { ROOT_PASSWORD, startApplication } from '../http/serve-application.ts'
import { at, textAt } from '../support/installation.ts'

type Started = Awaited<ReturnType<typeof startApplication>>

let served: Started
beforeAll(async () => {
  served = await startApplication()
})
afterAll(() => served.close())

const Shape = z.object({
  data: z.unknown(),
  errors: z
    .array(
      z.object({
        extensions: z.object({ code: z.string(), authz: z.object({ mfaRequired: z.boolean() }).optional() }),
      }),
    )
    .optional(),
})
const NEW_PASSWORD = 'Battery-Staple-8'
let password = ROOT_PASSWORD
let email = 'root@example.com'
let token = ''

async function ask(query: string, variables: object = {}) {
  const send = token === '' ? fetch : createBearerFetch({ accessToken: token })
  const response = await send(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const { data = null, errors = [] } = Shape.parse(JSON.parse(text))
  const codes = errors.map(({ extensions }) => extensions.code)
  return { status: response.status, text, data, errors: [], codes, requestId: '', authz: errors[0]?.extensions.authz }
}

async function signIn(mfaCode: string | null = null) {
  token = ''
  const answer = await ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
    input: { rootEmail: email, password, mfaCode },
  })
  const signedIn = at(answer, 'signIn.accessToken')
  token = typeof signedIn === 'string' ? signedIn : ''
  return answer
}

const changeEmail = (input: object) =>
  ask('mutation ($input: UpdateRootEmailInput!) { updateRootEmail(input: $input) { email } }', { input })
const changePassword = (oldPassword: string, newPassword: string) =>
  ask('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { changed } }', {
    input: { oldPassword, newPassword },
  })
type Answered = Awaited<ReturnType<typeof ask>>
const unchanged = () => ask('{ account { rootPasswordUnchanged } }')
const codeOf = ({ codes }: Answered) => codes[0]
const mfaAsked = ({ authz }: Answered) => authz?.mfaRequired

test('the account tells that root still has the password of the first start, until root changes it', async () => {
  await signIn()
  expect(await unchanged()).toMatchObject({ data: { account: { rootPasswordUnchanged: true } } })
  served.clock.advance(1_000)
  expect(await changePassword(password, NEW_PASSWORD)).toMatchObject({ data: { changePassword: { changed: true } } })
  password = NEW_PASSWORD
  expect(await unchanged()).toMatchObject({ data: { account: { rootPasswordUnchanged: false } } })
})

test('root changes its address with the password, and signs in with the new one only', async () => {
  expect(codeOf(await changeEmail({ email: 'new@example.com', password: 'wrong' }))).toBe('AccessDenied')
  expect(codeOf(await changeEmail({ email: 'no address', password }))).toBe('ValidationError')
  expect(codeOf(await changeEmail({ email: `${password}@`, password }))).toBe('ValidationError')
  expect(await changeEmail({ email: 'Owner@Example.com', password })).toMatchObject({
    data: { updateRootEmail: { email: 'owner@example.com' } },
  })
  expect(await ask('{ viewer { rootEmail } }')).toMatchObject({ data: { viewer: { rootEmail: 'owner@example.com' } } })
  expect(codeOf(await signIn())).toBe('AccessDenied')
  email = 'OWNER@example.com'
  expect(codeOf(await signIn())).toBeUndefined()
  const trail = await ask(
    '{ auditEvents(first: 20, filter: { action: "latchkey:UpdateRootEmail" }) { edges { node { result errorCode detail } } } }',
  )
  expect(at(trail, 'auditEvents.edges.0.node')).toMatchObject({
    result: 'SUCCESS',
    detail: { email: 'owner@example.com', formerEmail: 'root@example.com' },
  })
  expect(JSON.stringify(trail)).not.toContain(password)
})

test('a root with a device changes password, address and devices in a session with MFA only, and the denial asks for the code', async () => {
  const created = await ask(
    'mutation { createVirtualMfaDevice(input: { virtualMfaDeviceName: "root" }) { base32StringSeed mfaDevice { serialNumber } } }',
  )
  const serialNumber = textAt(created, 'createVirtualMfaDevice.mfaDevice.serialNumber')
  const secret = textAt(created, 'createVirtualMfaDevice.base32StringSeed')
  const code = (steps: number) => generateSync({ secret, epoch: served.clock().getTime() / 1000 + steps * 30 })
  const enable = 'mutation ($input: EnableMfaDeviceInput!) { enableMfaDevice(input: $input) { __typename } }'
  const codes = { authenticationCode1: code(-1), authenticationCode2: code(0) }
  expect(codeOf(await ask(enable, { input: { serialNumber, ...codes } }))).toBeUndefined()
  const deactivate = () =>
    ask('mutation ($input: DeactivateMfaDeviceInput!) { deactivateMfaDevice(input: $input) { __typename } }', {
      input: { serialNumber },
    })
  for (const refused of [
    await changePassword(password, 'Another-Staple-9'),
    await changeEmail({ email: 'thief@example.com', password }),
    await deactivate(),
  ])
    expect([codeOf(refused), mfaAsked(refused)]).toEqual(['AccessDenied', true])
  served.clock.advance(60_000)
  expect(codeOf(await signIn(code(0)))).toBeUndefined()
  expect(codeOf(await changeEmail({ email: 'root@example.com', password }))).toBeUndefined()
  expect(codeOf(await changePassword(password, 'Another-Staple-9'))).toBeUndefined()
  expect(codeOf(await deactivate())).toBeUndefined()
})

test('an administrator who may do everything is not root: no address is changed, and none is shown', async () => {
  await ask(`mutation {
    createUser(input: { userName: "admin" }) { __typename }
    createLoginProfile(input: { userName: "admin", password: "${NEW_PASSWORD}" }) { __typename }
    attachUserPolicy(input: { userName: "admin", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }) { __typename }
  }`)
  token = ''
  const answer = await ask(
    `mutation { signIn(input: { account: "123456789012", userName: "admin", password: "${NEW_PASSWORD}" }) { accessToken } }`,
  )
  token = textAt(answer, 'signIn.accessToken')
  expect(codeOf(await changeEmail({ email: 'admin@example.com', password: NEW_PASSWORD }))).toBe('InvalidUserType')
  expect(await ask('{ viewer { rootEmail } }')).toMatchObject({ data: { viewer: { rootEmail: null } } })
})
