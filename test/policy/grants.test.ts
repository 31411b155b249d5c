import { describe, expect, test } from 'vitest'
import { grantsOf, parsePolicy } from '../../src/policy/index.ts'

interface Case {
  readonly says: string
  readonly statements: readonly object[]
  readonly services?: readonly string[]
  readonly to: readonly string[]
  readonly notTo: readonly string[]
}

const allow = (more: object) => ({ Effect: 'Allow', Resource: '*', ...more })

const CASES: readonly Case[] = [
  {
    says: 'an action grants its service and itself',
    statements: [allow({ Action: 'iam:GetUser' })],
    services: ['iam'],
    to: ['iam', 'iam:GetUser'],
    notTo: ['sts', 'iam:GetRole', 'iam:GetUserPolicy'],
  },
  {
    says: 'neither services nor actions are told apart by case',
    statements: [allow({ Action: 'IAM:getuser' })],
    services: ['iam'],
    to: ['iam', 'Iam', 'iam:GetUser'],
    notTo: ['sts'],
  },
  {
    says: 'a pattern grants what it matches',
    statements: [allow({ Action: ['billing:Get*', 'sts:?ssumeRole'] })],
    services: ['billing', 'sts'],
    to: ['billing', 'sts', 'billing:GetInvoice', 'sts:AssumeRole'],
    notTo: ['iam', 'billing:PayInvoice', 'sts:GetCallerIdentity'],
  },
  {
    says: 'a star grants every service and names none',
    statements: [allow({ Action: '*' })],
    services: [],
    to: ['iam', 'billing', 'iam:GetUser'],
    notTo: [],
  },
  {
    says: 'a star for the service grants actions of one name in all of them',
    statements: [allow({ Action: '*:Get*' })],
    services: [],
    to: ['iam', 'billing', 'iam:GetUser'],
    notTo: ['iam:CreateUser'],
  },
  {
    says: 'a service of which NotAction names all is not granted',
    statements: [allow({ NotAction: 'iam:*' })],
    services: ['iam'],
    to: ['sts', 'billing', 'sts:AssumeRole'],
    notTo: ['iam', 'iam:GetUser'],
  },
  {
    says: 'a service of which NotAction names a part is granted',
    statements: [allow({ NotAction: ['iam:Create*', 'iam:Delete*'] })],
    services: ['iam'],
    to: ['iam', 'sts', 'iam:GetUser'],
    notTo: ['iam:CreateUser', 'iam:DeleteUser'],
  },
  {
    says: 'NotAction of everything grants nothing',
    statements: [allow({ NotAction: '*' })],
    services: [],
    to: [],
    notTo: ['iam', 'sts', 'iam:GetUser'],
  },
  {
    says: 'a service is granted when one of several statements grants it',
    statements: [allow({ NotAction: 'iam:*' }), allow({ Action: 'iam:GetUser' })],
    services: ['iam'],
    to: ['iam', 'iam:GetUser', 'sts'],
    notTo: ['iam:GetRole'],
  },
  {
    says: 'resources and conditions do not count',
    statements: [
      allow({
        Action: 'iam:GetUser',
        Resource: 'arn:aws:iam::123456789012:user/nobody',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    ],
    to: ['iam', 'iam:GetUser'],
    notTo: ['sts'],
  },
  {
    says: 'a Deny grants nothing and takes nothing away',
    statements: [
      { Effect: 'Deny', Action: ['billing:*', 'iam:*'], Resource: '*' },
      { Effect: 'Deny', NotAction: 'sts:*', Resource: '*' },
      allow({ Action: 'iam:GetUser' }),
    ],
    services: ['iam'],
    to: ['iam', 'iam:GetUser'],
    notTo: ['billing', 'sts', 'billing:Pay'],
  },
]

describe('what a document grants', () => {
  test.each(CASES)('$says', ({ statements, services, to, notTo }) => {
    const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'managed')
    if (!parsed.ok) throw new Error(parsed.error.message)
    const grants = grantsOf(parsed.document)
    const granted = (name: string) => (name.includes(':') ? grants.toAction(name) : grants.toService(name))
    expect(to.filter((name) => !granted(name))).toEqual([])
    expect(notTo.filter(granted)).toEqual([])
    if (services) expect([...grants.services].toSorted()).toEqual(services)
  })
})
