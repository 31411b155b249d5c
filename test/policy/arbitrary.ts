import * as fc from 'fast-check'
import { type AccessRequest, createContext, parsePolicy, type PolicyDocument } from '../../src/policy/index.ts'

/** Few names, so that generated policies and requests meet. */
const ACCOUNT = '123456789012'
const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`

const action = fc.constantFrom(
  'iam:GetUser',
  'IAM:getuser',
  'iam:Get*',
  'iam:?etUser',
  'iam:*User',
  'iam:*',
  's3:*',
  's3:GetObject',
  '*',
  '*:Get*',
)
const resource = fc.constantFrom(
  '*',
  'arn:aws:iam::*',
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:user/${aws:userid}',
  'arn:aws:iam::123456789012:user/alice',
  'arn:aws:iam::123456789012:user/al?ce',
  'arn:aws:iam::123456789012:user/*/${aws:username}*',
  'arn:aws:iam::123456789012:role/app*',
  'arn:aws:s3:::alice',
  'arn:aws:s3:::al*/*e?*',
  'arn:aws:s3:::*${aws:username}*',
  'arn:*:iam::*:mfa/${aws:username}',
  'arn:aws:iam::1*2:user/d*',
  'arn:aws:iam::*x*',
  'arn:aws:iam::????????????:*',
  'arn:aws:lambda:*:*:function:${aws:username}',
  'arn:aws:lambda:*:123456789012',
  'arn:aws:lambda',
)
const operator = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIfExists',
  'StringNotLikeIfExists',
  'Bool',
  'BoolIfExists',
  'NumericLessThan',
  'Null',
  'ForAllValues:StringEquals',
  'ForAllValues:StringNotLike',
  'ForAnyValue:StringLike',
  'ForAnyValue:StringNotEquals',
  'ForAnyValue:StringEqualsIfExists',
)
const key = fc.constantFrom('aws:username', 'aws:TagKeys', 'aws:Flag', 'aws:Age')
const value = fc.constantFrom('alice', 'al*', '*', '', 'true', 'FALSE', '5', '${aws:username}', '${aws:Flag}', 'a?ice')
const oneOrMore = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(of, fc.array(of, { minLength: 1, maxLength: 3 }))

const condition = fc.dictionary(
  operator,
  fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 2 }),
  { maxKeys: 2 },
)
const effect = fc.constantFrom('Allow', 'Allow', 'Deny')
const either = (name: string, of: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ [name]: of }) },
    { weight: 1, arbitrary: fc.record({ [`Not${name}`]: of }) },
  )

export const statement: fc.Arbitrary<object> = fc
  .tuple(
    effect,
    either('Action', oneOrMore(action)),
    either('Resource', oneOrMore(resource)),
    fc.option(condition, { nil: undefined }),
  )
  .map(([Effect, actions, resources, Condition]) => ({ Effect, ...actions, ...resources, Condition }))

const principal = fc.constantFrom('*', { AWS: ALICE }, { AWS: ACCOUNT }, { AWS: 'arn:aws:iam::123456789012:user/bob' })

export const documentValue: fc.Arbitrary<object> = fc.record(
  {
    Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
    Id: fc.string(),
    Statement: fc.array(statement, { minLength: 1, maxLength: 5 }),
  },
  { requiredKeys: ['Statement'] },
)

export const document: fc.Arbitrary<PolicyDocument> = documentValue.map((each) => parsed(each, 'inline'))

export const resourceDocument: fc.Arbitrary<PolicyDocument> = fc
  .array(fc.tuple(statement, principal), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.map(([each, Principal]) => ({ ...each, Principal })))
  .map((Statement) => parsed({ Version: '2012-10-17', Statement }, 'resource'))

export const request: fc.Arbitrary<AccessRequest> = fc
  .record({
    action: fc.constantFrom('iam:GetUser', 'iam:getuser', 'iam:ListUsers', 's3:GetObject', 'sts:AssumeRole'),
    resource: fc.constantFrom(
      ALICE,
      'arn:aws:iam::123456789012:user/div/alice',
      'arn:aws:iam::123456789012:role/app-1',
      'arn:aws:s3:::alice',
      'arn:aws:s3:::alice/ed',
      'arn:aws:iam::123456789012:mfa/x:mfa/alice',
      'arn:aws:iam::123456789012:user/x12:user/dev',
      'arn:aws:lambda:eu-west-1:123456789012:function:f:function:alice',
      'arn:aws:lambda:eu-west-1:123456789012:function:alice',
      '*',
    ),
    entries: fc.array(
      fc.oneof(
        fc.tuple(
          fc.constantFrom('aws:username', 'AWS:userid'),
          fc.constantFrom('alice', 'Alice', '*', '', 'f:function:alice'),
        ),
        fc.tuple(fc.constant('aws:TagKeys'), fc.array(fc.constantFrom('alice', 'bob', 'true', ''), { maxLength: 3 })),
        fc.tuple(fc.constant('aws:flag'), fc.constantFrom('true', 'False', 'maybe')),
        fc.tuple(fc.constant('aws:Age'), fc.constantFrom('4', '5', 'old')),
      ),
      { maxLength: 5 },
    ),
  })
  .map(({ action, resource, entries }) => ({
    action,
    resource,
    context: createContext(entries),
    principal: { kind: 'user', accountId: ACCOUNT, arn: ALICE } as const,
  }))

export function parsed(each: object, kind: 'inline' | 'resource'): PolicyDocument {
  const result = parsePolicy(JSON.stringify(each), kind)
  if (!result.ok) throw result.error
  return result.document
}
