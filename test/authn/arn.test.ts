import { describe, expect, test } from 'vitest'
import { mfaArn, parseArn, parseIamArn, policyArn, rootArn, userArn } from '../../src/authn/arn.ts'

const accountId = '123456789012'

describe('an ARN that is built', () => {
  test.each([
    ['root', rootArn(accountId), 'arn:aws:iam::123456789012:root'],
    ['a user', userArn({ accountId, path: '/', name: 'Bob' }), 'arn:aws:iam::123456789012:user/Bob'],
    ['a pathed user', userArn({ accountId, path: '/a/b/', name: 'Bob' }), 'arn:aws:iam::123456789012:user/a/b/Bob'],
    [
      "root's row",
      userArn({ accountId, path: '/', name: '<root_account>', root: true }),
      'arn:aws:iam::123456789012:root',
    ],
    ['a policy', policyArn({ accountId, path: '/ops/', name: 'P' }), 'arn:aws:iam::123456789012:policy/ops/P'],
    ['an MFA device', mfaArn({ accountId, path: '/', name: 'phone' }), 'arn:aws:iam::123456789012:mfa/phone'],
  ])('names %s', (_, built, expected) => {
    expect(built).toBe(expected)
  })

  test('is parsed back into account, path and name', () => {
    const policy = { accountId, path: '/a/b/', name: 'P' }
    expect(parseIamArn(policyArn(policy))).toEqual({ ...policy, type: 'policy' })
  })
})

describe('parseArn', () => {
  test('keeps colons and slashes of the resource', () => {
    expect(parseArn('arn:aws:sns:eu-west-1:1:topic:a/b')).toEqual({
      partition: 'aws',
      service: 'sns',
      region: 'eu-west-1',
      accountId: '1',
      resource: 'topic:a/b',
    })
  })

  test.each([
    '',
    'bob',
    'arn:aws:iam',
    'arn:aws:iam::1',
    'arn:aws:iam::1:',
    'urn:aws:iam::1:user/Bob',
    'arn::iam::1:x',
  ])('refuses %j', (text) => {
    expect(parseArn(text)).toBeNull()
  })
})

describe('parseIamArn', () => {
  test.each([
    'arn:aws:s3:::bucket/key',
    'arn:aws-cn:iam::123456789012:user/Bob',
    'arn:aws:iam:us-east-1:123456789012:user/Bob',
    'arn:aws:iam::123456789012:root',
    'arn:aws:iam::123456789012:user/',
    'arn:aws:iam::123456789012:/Bob',
  ])('knows no pathed thing of IAM in %s', (text) => {
    expect(parseIamArn(text)).toBeNull()
  })
})
