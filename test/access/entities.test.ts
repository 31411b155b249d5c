import { describe, expect, test } from 'vitest'
import { ACTIONS, type ActionFacts } from '../../src/access/actions.ts'
import {
  accountIn,
  ENTITIES,
  factsOf,
  isKindByArn,
  isPrincipalKind,
  type ResourceKind,
  taggedKindOf,
} from '../../src/access/entities.ts'
import { ACCOUNT, arnHere, OTHER_ACCOUNT } from './small-sources.ts'

const isKind = (text: string): text is ResourceKind => Object.hasOwn(ENTITIES, text)
const KINDS = Object.keys(ENTITIES).filter(isKind)

/** An ARN of each kind that one thing can be of. */
const ARN_OF: Readonly<Partial<Record<ResourceKind, string>>> = {
  user: arnHere('user/div/Alice'),
  group: arnHere('group/div/Staff'),
  role: arnHere('role/div/Deploy'),
  policy: arnHere('policy/div/Limit'),
  mfa: arnHere('mfa/div/Phone'),
  'server-certificate': arnHere('server-certificate/div/Web'),
  'oidc-provider': arnHere('oidc-provider/id.example.com/realms/staff'),
  'saml-provider': arnHere('saml-provider/Staff'),
}

describe('the account of an ARN', () => {
  for (const [kind, arn] of Object.entries(ARN_OF))
    test.each(KINDS.filter((other) => other in ARN_OF))(
      `is known of a ${kind} as a %s only when it is one`,
      (other) => {
        expect(accountIn(other, arn)).toBe(other === kind ? ACCOUNT : null)
      },
    )

  test.each([
    ['another account is named as it is', `arn:aws:iam::${OTHER_ACCOUNT}:user/Alice`, OTHER_ACCOUNT],
    ['a built-in policy belongs to none', 'arn:aws:iam::aws:user/Alice', 'aws'],
    ['another partition', `arn:aws-cn:iam::${ACCOUNT}:user/Alice`, null],
    ['another service', `arn:aws:sts::${ACCOUNT}:user/Alice`, null],
    ['a region', `arn:aws:iam:us-east-1:${ACCOUNT}:user/Alice`, null],
    ['no name', arnHere('user/'), null],
    ['a path without a name', arnHere('user/div/'), null],
    ['the kind alone', arnHere('user'), null],
    ['root', arnHere('root'), null],
    ['the kind in another case', arnHere('User/Alice'), null],
    ['something before it', ` ${arnHere('user/Alice')}`, null],
    ['a name alone', 'Alice', null],
    ['nothing', '', null],
  ])('of a user: %s', (_what, text, account) => {
    expect(accountIn('user', text)).toBe(account)
  })

  test('of a provider whose address ends with a slash is known', () => {
    expect(accountIn('oidc-provider', arnHere('oidc-provider/id.example.com/'))).toBe(ACCOUNT)
  })

  test.each([arnHere('oidc-provider/'), arnHere('oidc-provider'), `arn:aws:iam:x:${ACCOUNT}:oidc-provider/id.example`])(
    'of a provider: none in %s',
    (text) => expect(accountIn('oidc-provider', text)).toBeNull(),
  )
})

describe('what has tags', () => {
  test.each(Object.entries(ARN_OF))('is found by the ARN of this account: %s', (kind, arn) => {
    expect(taggedKindOf(arn, ACCOUNT)).toBe(kind === 'group' ? null : kind)
  })

  test.each(Object.values(ARN_OF))('is nobody’s in another account: %s', (arn) => {
    expect(taggedKindOf(arn, OTHER_ACCOUNT)).toBeNull()
  })

  test.each(['*', '', arnHere('root'), arnHere('*'), 'arn:aws:iam::aws:policy/AdministratorAccess', 's3:::bucket'])(
    'is nothing that has none: %s',
    (text) => expect(taggedKindOf(text, ACCOUNT)).toBeNull(),
  )
})

describe('how requests name a thing', () => {
  test('users, groups and roles can be principals, and nothing that objects inherit is a kind', () => {
    const words = [...KINDS, 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'USER', 'user ', '']
    expect(words.filter(isPrincipalKind)).toEqual(['user', 'group', 'role'])
  })

  test('policies, devices and providers have an ARN', () => {
    expect(KINDS.filter(isKindByArn)).toEqual(['policy', 'mfa', 'oidc-provider', 'saml-provider'])
  })
})

describe('a row of the table', () => {
  const withPath = KINDS.filter((kind) => factsOf(kind).arnOf)

  test.each(withPath)('makes ARNs that are taken apart again: %s', (kind) => {
    const arn = factsOf(kind).arnOf?.({ accountId: ACCOUNT, path: '/div/', name: 'Name' }) ?? ''
    expect(arn).toBe(arnHere(`${kind}/div/Name`))
    expect(accountIn(kind, arn)).toBe(ACCOUNT)
  })

  test.each(KINDS.filter((kind) => kind in ARN_OF))('prints the beginning of its ARNs: %s', (kind) => {
    expect(factsOf(kind).template.replace('{account}', ACCOUNT)).toMatch(new RegExp(`^${arnHere(kind)}/\\{\\w+\\}$`))
  })

  test.each(KINDS.filter((kind) => kind in ARN_OF))('lets the simulator judge on its ARNs: %s', (kind) => {
    const patterns = factsOf(kind).arns.map((arn) => new RegExp(`^${arn.replaceAll('?', '.').replaceAll('*', '.*')}$`))
    expect(patterns.some((pattern) => pattern.test(ARN_OF[kind] ?? ''))).toBe(true)
  })

  test('of a kind that is listed has a path to list by', () => {
    const listed = Object.values(ACTIONS).flatMap(({ listed: kind }: ActionFacts) => (kind ? [kind] : []))
    expect(listed.length).toBeGreaterThan(4)
    expect(listed.filter((kind) => !withPath.includes(kind))).toEqual([])
  })

  test('of a kind that has tags is found by something that tags can be read by', () => {
    const tagged = KINDS.filter((kind) => factsOf(kind).tagKeys)
    expect(tagged.filter((kind) => !factsOf(kind).foundBy)).toEqual([])
  })
})
