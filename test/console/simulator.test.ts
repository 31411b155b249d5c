import { expect, test } from 'vitest'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { shell } from './pages/shell.ts'
import { simulatorPage } from './pages/simulator.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const arn = (resource: string) => `arn:aws:iam::${ACCOUNT_ID}:${resource}`
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

const READ = { Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' }
const NEVER = { Sid: 'Never', Effect: 'Deny', Action: ['s3:PutObject', 's3:DeleteObject'], Resource: '*' }
const WITH_MFA = {
  Effect: 'Allow',
  Action: 'iam:CreateAccessKey',
  Resource: '*',
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
}
const FROM_OFFICE = {
  Effect: 'Allow',
  Action: 'iam:GetUser',
  Resource: '*',
  Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
}

async function open(question: readonly (readonly [string, string])[] = [], name = 'root') {
  const page = await portal.openAs(
    name,
    `/simulator?${new URLSearchParams(question.map((pair) => [...pair])).toString()}`,
  )
  return { page, simulator: simulatorPage(page) }
}

/** A managed policy of the account; resolves with its ARN. */
async function createPolicy(policyName: string, ...statements: object[]): Promise<string> {
  await portal.asRoot('mutation ($input: CreatePolicyInput!) { createPolicy(input: $input) { __typename } }', {
    input: { policyName, policyDocument: JSON.stringify(policy(...statements)) },
  })
  return arn(`policy/${policyName}`)
}

test('what a user may do is tried, and the statement that allows it is marked in its policy', async () => {
  await portal.createPerson({ name: 'alice', path: '/staff/', policies: { files: policy(NEVER, READ) } })
  const { page, simulator } = await open()
  await page.getByText('Choose whose policies').waitFor({ state: 'attached' })
  await expectAccessible(page)
  await simulator.chooseName('alice')
  await simulator.chooseAction('s3:GetObject', 'Use: "s3:GetObject"')
  await simulator.simulate.click()
  await expect
    .poll(async () => await simulator.rows())
    .toEqual([['s3:GetObject', '*', 'Allowed', 'Identity-based policies']])
  await page.getByText('Matched statement 1, Sid Read: lines 13 to 18').waitFor()
  expect(JSON.parse(await simulator.marked())).toEqual(READ)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Inline policy of alice' }).click()
  await shell(page).isAt('alice')
})

test('each action is tried on each resource, what denies is marked, and the address leads to the same question', async () => {
  await portal.createPerson({ name: 'bob', policies: { files: policy(READ, NEVER) } })
  const { page, simulator } = await open([['principal', arn('user/bob')]])
  for (const action of ['s3:GetObject', 's3:PutObject', 's3:ListBucket'])
    await simulator.chooseAction(action, `Use: "${action}"`)
  await simulator.resources.fill('arn:aws:s3:::one/*\narn:aws:s3:::two/*')
  await simulator.simulate.click()
  const rows = await simulator.rows()
  expect(rows.map(([action, resource, result]) => [action, resource, result])).toEqual([
    ['s3:GetObject', 'arn:aws:s3:::one/*', 'Allowed'],
    ['s3:GetObject', 'arn:aws:s3:::two/*', 'Allowed'],
    ['s3:PutObject', 'arn:aws:s3:::one/*', 'Explicit deny'],
    ['s3:PutObject', 'arn:aws:s3:::two/*', 'Explicit deny'],
    ['s3:ListBucket', 'arn:aws:s3:::one/*', 'Implicit deny'],
    ['s3:ListBucket', 'arn:aws:s3:::two/*', 'Implicit deny'],
  ])
  await expect.poll(async () => await page.evaluate('document.activeElement.textContent')).toContain('Results')

  await simulator.button('Explain s3:PutObject on arn:aws:s3:::two/*').click()
  await page.getByText('Matched statement 1, Sid Never').waitFor()
  expect(JSON.parse(await simulator.marked())).toEqual(NEVER)
  await expect.poll(async () => await page.evaluate('document.activeElement.textContent')).toContain('Explanation')
  await expectAccessible(page)

  await simulator.button('Explain s3:ListBucket on arn:aws:s3:::one/*').click()
  await page.getByText('No statement applies.').waitFor()

  await page.reload()
  await expect.poll(async () => await simulator.rows()).toEqual(rows)
  await expect.poll(async () => await simulator.resources.inputValue()).toBe('arn:aws:s3:::one/*\narn:aws:s3:::two/*')
})

test('what needs MFA says so, with the condition that failed, and is allowed when the context has it', async () => {
  await portal.createPerson({ name: 'carol', policies: { keys: policy(WITH_MFA) } })
  const { page, simulator } = await open([
    ['principal', arn('user/carol')],
    ['action', 'iam:CreateAccessKey'],
  ])
  await expect
    .poll(async () => await simulator.rows())
    .toEqual([['iam:CreateAccessKey', '*', 'Implicit deny', 'No policy allows it\nAllowed with MFA']])
  await page.getByText('With multi-factor authentication this would be allowed.').waitFor()
  await page.getByText('Bool aws:MultiFactorAuthPresent: wanted true, was absent').waitFor()
  await simulator.answerMfa('Signed in without MFA')
  await page.getByText('The question was changed since.').waitFor()
  await simulator.simulate.click()
  await page.getByText('Bool aws:MultiFactorAuthPresent: wanted true, was false').waitFor()
  await expectAccessible(page)
  await simulator.button('Simulate with MFA').click()
  await page.getByText('Bool aws:MultiFactorAuthPresent: wanted true, was true').waitFor()
  await expect
    .poll(async () => await simulator.rows())
    .toEqual([['iam:CreateAccessKey', '*', 'Allowed', 'Identity-based policies']])
  expect(JSON.parse(await simulator.marked())).toEqual(WITH_MFA)
})

test('condition keys that policies ask for and that are missing are offered, and count when they are given', async () => {
  await portal.createPerson({ name: 'dan', policies: { office: policy(FROM_OFFICE) } })
  const { page, simulator } = await open([
    ['principal', arn('user/dan')],
    ['action', 'iam:GetUser'],
  ])
  await page.getByText('condition keys that are not given: aws:SourceIp').waitFor()
  await simulator.button('Add them to the context').click()
  await simulator.contextValue(0).fill('not an address')
  await simulator.simulate.click()
  await page.getByText('IpAddress aws:SourceIp: wanted 203.0.113.0/24, was not an address').waitFor()
  expect((await simulator.rows())[0]?.[2]).toBe('Implicit deny')
  await expectAccessible(page)
  await simulator.contextValue(0).fill('203.0.113.7')
  await simulator.simulate.click()
  await page.getByText('was 203.0.113.7').waitFor()
  expect((await simulator.rows())[0]?.[2]).toBe('Allowed')
})

test('what a request of the user would say of the user is filled in', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
  const own = { Effect: 'Allow', Action: 'iam:ListAccessKeys', Resource: 'arn:aws:iam::*:user/${aws:username}' }
  await portal.createPerson({ name: 'nora', policies: { own: policy(own) } })
  const { page, simulator } = await open([
    ['principal', arn('user/nora')],
    ['action', 'iam:ListAccessKeys'],
    ['resource', arn('user/nora')],
  ])
  await page.getByText('condition keys that are not given: aws:username').waitFor()
  await simulator.button('Add them to the context').click()
  await expect.poll(async () => await simulator.contextValue(0).inputValue()).toBe('nora')
  await simulator.simulate.click()
  await expect.poll(async () => (await simulator.rows())[0]?.[2]).toBe('Allowed')
})

test('a boundary holds what policies allow, and is named as what decided', async () => {
  await portal.createPerson({ name: 'erin', policies: { files: policy(READ) } })
  const boundary = await createPolicy('Limit', { Effect: 'Allow', Action: 'iam:*', Resource: '*' })
  await portal.asRoot(
    'mutation ($input: PutUserPermissionsBoundaryInput!) { putUserPermissionsBoundary(input: $input) { __typename } }',
    { input: { userName: 'erin', permissionsBoundary: boundary } },
  )
  const { page, simulator } = await open([
    ['principal', arn('user/erin')],
    ['action', 's3:GetObject'],
  ])
  await expect
    .poll(async () => await simulator.rows())
    .toEqual([['s3:GetObject', '*', 'Implicit deny', 'Permissions boundary']])
  await page.getByText('but the permissions boundary does not').waitFor()
  await simulator.button('Add a permissions boundary').click()
  await simulator.editor('Permissions boundary').fill(JSON.stringify(policy({ ...READ, Sid: 'Wider' })))
  await simulator.simulate.click()
  await page.getByText('Matched statement 2, Sid Wider').waitFor()
  expect((await simulator.rows())[0]?.[2]).toBe('Allowed')
})

test('policies that nobody has are tried, and a fault in one keeps everything that was typed', async () => {
  const { page, simulator } = await open()
  await simulator.source('A new policy').check()
  const text = JSON.stringify(policy(READ, NEVER), null, 2)
  await simulator.editor('Policy 1').fill('{ "Version": ')
  await simulator.chooseAction('s3:PutObject', 'Use: "s3:PutObject"')
  await simulator.simulate.click()
  await page.getByText('Invalid policy PolicyInputList.1').waitFor()
  await expect.poll(async () => await simulator.editor('Policy 1').inputValue()).toBe('{ "Version": ')
  await expectAccessible(page)
  await simulator.editor('Policy 1').fill(text)
  await simulator.simulate.click()
  await expect
    .poll(async () => await simulator.rows())
    .toEqual([['s3:PutObject', '*', 'Explicit deny', 'Identity-based policies']])
  const marked = await simulator.marked()
  expect(text).toContain(marked)
  expect(JSON.parse(marked)).toEqual(NEVER)
})

test.each([
  {
    type: 'A group',
    name: 'Readers',
    create: 'mutation { createGroup(input: { groupName: "Readers" }) { __typename } }',
    put: 'mutation ($d: PolicyDocument!) { putGroupPolicy(input: { groupName: "Readers", policyName: "files", policyDocument: $d }) { __typename } }',
  },
  {
    type: 'A role',
    name: 'Reader',
    create: `mutation { createRole(input: { roleName: "Reader", assumeRolePolicyDocument: ${JSON.stringify(
      JSON.stringify(policy({ Effect: 'Allow', Principal: { AWS: arn('root') }, Action: 'sts:AssumeRole' })),
    )} }) { __typename } }`,
    put: 'mutation ($d: PolicyDocument!) { putRolePolicy(input: { roleName: "Reader", policyName: "files", policyDocument: $d }) { __typename } }',
  },
])('$type is tried, with additional policies beside its own', async ({ type, name, create, put }) => {
  await portal.asRoot(create)
  await portal.asRoot(put, { d: JSON.stringify(policy(READ)) })
  const { page, simulator } = await open()
  await simulator.source(type).check()
  await simulator.chooseName(name)
  await simulator.button('Add a policy').click()
  await simulator.editor('Additional policy 1').fill(JSON.stringify(policy({ ...READ, Sid: 'Also' })))
  await simulator.chooseAction('s3:GetObject', 'Use: "s3:GetObject"')
  await simulator.simulate.click()
  await page.getByText('Matched statement 1, Sid Read: lines').waitFor()
  await page.getByText('Matched statement 2, Sid Also: lines').waitFor()
  await expect.poll(async () => await simulator.marks.count()).toBe(12)
})

test('who may not simulate is told which action is missing, and nothing is asked', async () => {
  await portal.createPerson({ name: 'frank' })
  const { page, simulator } = await open(
    [
      ['principal', arn('user/frank')],
      ['action', 's3:GetObject'],
    ],
    'frank',
  )
  await page.getByText('iam:SimulatePrincipalPolicy').first().waitFor({ state: 'attached' })
  await expect.poll(async () => await simulator.simulate.getAttribute('aria-disabled')).toBe('true')
  expect(await simulator.results.count()).toBe(0)
  await expectAccessible(page)
})

test('who may simulate and not read the policies sees which statement it was, without the text', async () => {
  await portal.createPerson({ name: 'grace', policies: { files: policy(READ) } })
  const may = policy({ Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: '*' })
  await portal.createPerson({ name: 'heidi', policies: { may } })
  const { page, simulator } = await open(
    [
      ['principal', arn('user/grace')],
      ['action', 's3:GetObject'],
    ],
    'heidi',
  )
  await page.getByText('Matched statement 1, Sid Read').waitFor()
  await page.getByText(/You cannot read the text of this policy\..*iam:GetUserPolicy/).waitFor()
  expect(await simulator.marks.count()).toBe(0)
  await expectAccessible(page)
})

test('the pages of a user and of a policy lead to the simulator', async () => {
  await portal.createPerson({ name: 'ivan', path: '/staff/', policies: { files: policy(READ) } })
  const policyArn = await createPolicy('Shared', READ)
  const page = await portal.openAs('root', '/users/ivan')
  const simulator = simulatorPage(page)
  await simulator.simulate.click()
  await shell(page).isAt('Policy simulator')
  await expect.poll(async () => await simulator.name.inputValue()).toBe('ivan')
  await simulator.chooseAction('GetUser', 'iam:GetUser')
  await simulator.simulate.click()
  expect((await simulator.rows())[0]?.[2]).toBe('Implicit deny')

  await page.goto(`/policies/${encodeURIComponent(policyArn)}`)
  await simulator.simulate.click()
  await shell(page).isAt('Policy simulator')
  await simulator.chooseAction('s3:GetObject', 'Use: "s3:GetObject"')
  await simulator.simulate.click()
  expect((await simulator.rows())[0]?.[2]).toBe('Allowed')
  expect(JSON.parse(await simulator.marked())).toEqual(READ)
  expect(new URL(page.url()).searchParams.get('policy')).toBe(policyArn)
  await page.reload()
  expect((await simulator.rows())[0]?.[2]).toBe('Allowed')
  await expect.poll(async () => await simulator.editor('Policy 1').inputValue()).toContain('"Sid": "Read"')
})

test('the pages of a group and of a role lead to the simulator, and so does the explanation of a denial', async () => {
  await portal.asRoot(`mutation { createGroup(input: { groupName: "Linked" }) { __typename } }`)
  const page = await portal.openAs('root', '/groups/Linked')
  const simulator = simulatorPage(page)
  await simulator.simulate.click()
  await shell(page).isAt('Policy simulator')
  await expect.poll(async () => await simulator.source('A group').isChecked()).toBe(true)
  await expect.poll(async () => await simulator.name.inputValue()).toBe('Linked')

  const may = policy({
    Effect: 'Allow',
    Action: ['sts:DecodeAuthorizationMessage', 'iam:SimulatePrincipalPolicy'],
    Resource: '*',
  })
  await portal.createPerson({ name: 'judy', policies: { may } })
  const denied = await portal.openAs('judy', '/security-credentials')
  await denied.getByRole('link', { name: 'Why was this denied?' }).click()
  await denied.getByRole('link', { name: 'Try it in the policy simulator' }).click()
  await expect
    .poll(async () => await simulatorPage(denied).rows())
    .toEqual([['iam:GetUser', arn('user/judy'), 'Implicit deny', 'No policy allows it']])
})

test('many results come page by page, and can be narrowed down to what was denied', async () => {
  await portal.createPerson({ name: 'kim', policies: { files: policy({ ...READ, Resource: 'arn:aws:s3:::one/*' }) } })
  const actions = Array.from({ length: 20 }, (_, n): [string, string] => ['action', `s3:GetThing${n}`])
  const { page, simulator } = await open([
    ['principal', arn('user/kim')],
    ...actions,
    ['resource', 'arn:aws:s3:::one/*'],
    ['resource', 'arn:aws:s3:::two/*'],
  ])
  await expect.poll(async () => await simulator.rows()).toHaveLength(25)
  await page.getByText('20 allowed, 20 denied').waitFor()
  await simulator.button('Next page').click()
  await page.getByText('s3:GetThing19').last().waitFor()
  await expect.poll(async () => await simulator.rows()).toHaveLength(15)
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('option', { name: 'Denied' }).click()
  expect((await simulator.rows()).map(([, , result]) => result)).toEqual(Array(20).fill('Implicit deny'))
})

test('a question with more pairs than the API answers at once is not asked, and the page says why', async () => {
  const { page, simulator } = await open([
    ['principal', arn('user/nobody')],
    ['action', 's3:GetObject'],
    ['action', 's3:PutObject'],
  ])
  await page.getByText('The user with name nobody cannot be found.').waitFor()
  await simulator.resources.fill(Array.from({ length: 501 }, (_, n) => `arn:aws:s3:::bucket${n}`).join('\n'))
  await page.getByText('1002 pairs of action and resource: at most 1000 at once.').waitFor({ state: 'attached' })
  await expect.poll(async () => await simulator.simulate.getAttribute('aria-disabled')).toBe('true')
})

test('the page speaks Korean, also on a small dark screen', async () => {
  await portal.createPerson({ name: 'minsu', policies: { files: policy(READ, NEVER) } })
  const page = await portal.openAs(
    'root',
    `/simulator?${new URLSearchParams({ principal: arn('user/minsu'), action: 's3:PutObject' }).toString()}`,
    { locale: 'ko-KR', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  )
  await page.getByText('명시적 거부').first().waitFor()
  await page.getByText('일치하는 명령문 1, Sid Never: 10~18행').waitFor()
  await expectAccessible(page)
})

test('a question is asked and explained with the keyboard alone', async () => {
  await portal.createPerson({ name: 'leo', path: '/staff/', policies: { files: policy(READ) } })
  const { page, simulator } = await open()
  const { keyboard } = page
  // By its ARN, as somebody who is not offered.
  await simulator.name.focus()
  await keyboard.type(arn('user/staff/leo'))
  await keyboard.press('Escape')
  await page.getByRole('button', { name: /^Actions/ }).focus()
  await keyboard.press('Enter')
  for (const action of ['iam:GetAccountSummary', 's3:GetObject']) {
    await page.getByPlaceholder('Find or type an action').fill(action)
    await page.getByRole('option', { name: action }).first().waitFor()
    await page.getByRole('option', { name: 'cloudtrail:LookupEvents' }).waitFor({ state: 'detached' })
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
  }
  await keyboard.press('Escape')
  await simulator.simulate.focus()
  await keyboard.press('Enter')
  expect((await simulator.rows()).map(([action, , result]) => [action, result])).toEqual([
    ['iam:GetAccountSummary', 'Implicit deny'],
    ['s3:GetObject', 'Allowed'],
  ])
  // From the heading past the filter and the first row to the second.
  for (const _ of ['filter', 'first', 'second']) await keyboard.press('Tab')
  await keyboard.press('Enter')
  await page.getByText('Matched statement 1, Sid Read: lines').waitFor()
  await expect.poll(async () => await page.evaluate('document.activeElement.textContent')).toContain('Explanation')
})
