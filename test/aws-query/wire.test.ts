import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AWS_NAMES, PERMISSION_ONLY } from '../../src/access/aws-names.ts'
import { type Account, type Installation, openInstallation, type TestCaller } from '../support/installation.ts'
import { IAM, type Send, sender, STS, wireOf } from './clients.ts'

const ABSENT = AWS_NAMES.filter(({ notOffered }) => ![null, PERMISSION_ONLY].includes(notOffered))
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

let installation: Installation
let account: Account
let alice: TestCaller
let root: Send
let asAlice: Send
beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  alice = await account.user({ name: 'alice', path: '/div/', tags: { team: 'red & blue' } })
  root = sender(installation, account.rootKey)
  asAlice = sender(installation, alice.accessKeys[0]!)
})
afterAll(() => installation.stop())

const id = (xml: string) => xml.replace(/<RequestId>[^<]*<\/RequestId>/, '<RequestId>ID</RequestId>')

describe('an answer', () => {
  test('is the document that AWS writes, member by member', async () => {
    const { status, xml, headers } = await root(`Action=GetUser&${IAM}&UserName=alice`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/xml')
    expect(headers.get('x-amzn-requestid')).toMatch(UUID)
    expect(xml).toContain(
      `<ResponseMetadata><RequestId>${headers.get('x-amzn-requestid')}</RequestId></ResponseMetadata>`,
    )
    expect(id(xml)).toBe(
      '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><Path>/div/</Path>' +
        `<UserName>alice</UserName><UserId>${alice.id}</UserId><Arn>${alice.arn}</Arn>` +
        '<CreateDate>2026-01-15T12:00:00Z</CreateDate><Tags><member><Key>team</Key><Value>red &amp; blue</Value></member></Tags>' +
        '</User></GetUserResult><ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></GetUserResponse>',
    )
  })

  test('of an action without output holds nothing but its id', async () => {
    const { xml } = await root(`Action=UntagUser&${IAM}&UserName=alice&TagKeys.member.1=none`)
    expect(id(xml)).toBe(
      '<UntagUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>ID</RequestId>' +
        '</ResponseMetadata></UntagUserResponse>',
    )
  })

  test('with an empty list has the list, empty', async () => {
    const { xml } = await root(`Action=ListUserPolicies&${IAM}&UserName=alice`)
    expect(xml).toContain(
      '<ListUserPoliciesResult><PolicyNames/><IsTruncated>false</IsTruncated></ListUserPoliciesResult>',
    )
  })

  test('of STS is in the namespace of STS', async () => {
    const { xml } = await asAlice(`Action=GetCallerIdentity&${STS}`, { service: 'sts' })
    expect(id(xml)).toBe(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        `<UserId>${alice.id}</UserId><Account>${account.accountId}</Account><Arn>${alice.arn}</Arn>` +
        '</GetCallerIdentityResult><ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
    )
  })

  test('has policy documents as they were written, percent-encoded by RFC 3986', async () => {
    const document = '{ "Version":"2012-10-17",\n\t"Statement": [{"Effect":"Allow","Action":"s3:*","Resource":"*"}] }'
    const put = `Action=PutUserPolicy&${IAM}&UserName=alice&PolicyName=p&PolicyDocument=${encodeURIComponent(document)}`
    expect((await root(put)).status).toBe(200)
    const { text } = await root(`Action=GetUserPolicy&${IAM}&UserName=alice&PolicyName=p`)
    const encoded = text('PolicyDocument') ?? ''
    expect(decodeURIComponent(encoded)).toBe(document)
    expect(encoded).toMatch(/^[A-Za-z0-9\-._~%]+$/)
    expect(encoded).toContain('%20')
    await root(`Action=DeleteUserPolicy&${IAM}&UserName=alice&PolicyName=p`)
  })
})

describe('a refusal', () => {
  test('is an error of the sender in the namespace of the service', async () => {
    const { status, xml, headers } = await root(`Action=GetUser&${IAM}&UserName=nobody`)
    expect(status).toBe(404)
    expect(xml).toBe(
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>' +
        '<Message>The user with name nobody cannot be found.</Message></Error>' +
        `<RequestId>${headers.get('x-amzn-requestid')}</RequestId></ErrorResponse>`,
    )
  })

  test('for want of permission says what IAM says', async () => {
    const { status, text } = await asAlice(`Action=ListUsers&${IAM}`)
    expect([status, text('Code')]).toEqual([403, 'AccessDenied'])
    expect(text('Message')).toBe(
      `User: ${alice.arn} is not authorized to perform: iam:ListUsers on resource: ${account.arn('user/')} because no identity-based policy allows the iam:ListUsers action`,
    )
  })

  test.each([
    ['ListUsers', '2011-06-15', 'Could not find operation ListUsers for version 2011-06-15'],
    ['Nothing', '2010-05-08', 'Could not find operation Nothing for version 2010-05-08'],
    ['GetUser', null, 'Could not find operation GetUser for version NO_VERSION_SPECIFIED'],
  ])('of %s in version %s is InvalidAction in a namespace of its own', async (action, version, message) => {
    const { status, xml, text } = await root(`Action=${action}${version === null ? '' : `&Version=${version}`}`)
    expect([status, text('Code'), text('Message')]).toEqual([400, 'InvalidAction', message])
    expect(xml).toContain('<ErrorResponse xmlns="http://webservices.amazon.com/AWSFault/2005-15-09">')
  })

  test('of an operation of AWS that is not offered says so and why, and is no InvalidAction', async () => {
    const answers = await Promise.all(
      ABSENT.map(async ({ service, name, notOffered }) => {
        const { status, text } = await root(`Action=${name}&${service === 'iam' ? IAM : STS}`, { service })
        expect(text('Message')).toBe(`${name} is not offered here (${notOffered}).`)
        return [status, text('Code')]
      }),
    )
    const organizations = ABSENT.map(({ notOffered }) => notOffered === 'organizations: accounts here have none')
    const codes = organizations.map((so) => [400, so ? 'OrganizationNotFoundException' : 'UnsupportedOperation'])
    expect(answers).toEqual(codes)
    expect(new Set(codes.flat())).toEqual(new Set([400, 'OrganizationNotFoundException', 'UnsupportedOperation']))
  })

  test.each([
    [
      'a name that is written as a list',
      'CreateUser',
      '&UserName.member.1=alice',
      "Value at 'userName' failed to satisfy constraint: Member must not be null",
    ],
    ['a missing name', 'CreateUser', '', "Value at 'userName' failed to satisfy constraint: Member must not be null"],
    [
      'a long name',
      'CreateUser',
      `&UserName=${'a'.repeat(65)}`,
      "Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
    [
      'a status that is none',
      'UpdateAccessKey',
      '&AccessKeyId=AKIAQAAAAAAAAAAAAAAA&Status=Expired',
      "Value at 'status' failed to satisfy constraint: Member must satisfy enum value set",
    ],
    [
      'too large a page',
      'ListUsers',
      '&MaxItems=1001',
      "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      'no number',
      'ListUsers',
      '&MaxItems=many',
      "Value at 'maxItems' failed to satisfy constraint: Member must be an integer",
    ],
    [
      'no truth',
      'UpdateAccountPasswordPolicy',
      '&RequireNumbers=yes',
      "Value at 'requireNumbers' failed to satisfy constraint: Member must be true or false",
    ],
    [
      'a name that every object has',
      'UpdateAccountPasswordPolicy',
      '&RequireNumbers=__proto__',
      "Value at 'requireNumbers' failed to satisfy constraint: Member must be true or false",
    ],
    [
      'a tag without a value',
      'TagUser',
      '&UserName=alice&Tags.member.1.Key=k',
      "Value at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a member number 0',
      'UntagUser',
      '&UserName=alice&TagKeys.member.0=k',
      "Value at 'tagKeys' failed to satisfy constraint: Members must be numbered from 1",
    ],
  ])('of %s comes before permissions are looked at', async (_what, action, parameters, message) => {
    const { status, text } = await asAlice(`Action=${action}&${IAM}${parameters}`)
    expect([status, text('Code')]).toEqual([400, 'ValidationError'])
    expect(text('Message')).toBe(`1 validation error detected: ${message}`.replaceAll("'", "'"))
  })

  test('of several parameters names all of them', async () => {
    const { text } = await asAlice(`Action=PutUserPolicy&${IAM}&PolicyName=${'p'.repeat(129)}`)
    expect(text('Message')).toBe(
      "3 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must not be null; " +
        "Value at 'policyDocument' failed to satisfy constraint: Member must not be null; " +
        "Value at 'policyName' failed to satisfy constraint: Member must have length less than or equal to 128",
    )
  })

  test('of a wrong character has the sentence that IAM has for it', async () => {
    const { text } = await asAlice(`Action=GetUser&${IAM}&UserName=a%2Fb`)
    expect(text('Message')).toBe(
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    )
  })

  test('holds nothing that XML cannot hold', async () => {
    const { xml } = await root(`Action=%00%3Ca%3E%EF%BF%BE&${IAM}`)
    expect(xml).toContain('Could not find operation \uFFFD&lt;a&gt;\uFFFD for version')
  })
})

describe('of parameters', () => {
  test('the first of two counts, and those in the query string come first', async () => {
    const { text } = await root(`Action=GetUser&${IAM}&UserName=alice&UserName=nobody`)
    expect(text('UserName')).toBe('alice')
    const both = await root(`Action=DeleteUser&${IAM}&UserName=nobody`, {
      path: `/?Action=GetUser&${IAM}&UserName=alice`,
    })
    expect(both.text('UserName')).toBe('alice')
  })

  test('an unknown one is ignored', async () => {
    expect((await root(`Action=GetUser&${IAM}&UserName=alice&Colour=red`)).status).toBe(200)
  })

  test('plus signs are blanks', async () => {
    await root(`Action=TagUser&${IAM}&UserName=alice&Tags.member.1.Key=motto&Tags.member.1.Value=a+b%2Bc`)
    expect((await root(`Action=ListUserTags&${IAM}&UserName=alice`)).text('Value')).toBe('a b+c')
    await root(`Action=UntagUser&${IAM}&UserName=alice&TagKeys.member.1=motto`)
  })
})

describe('a request that is no form', () => {
  test.each([
    ['a truncated escape', `Action=GetUser&${IAM}&UserName=al%2`, 'Incomplete trailing escape % sequence'],
    ['a broken escape', `Action=GetUser&${IAM}&UserName=%zzal`, 'Illegal hex character in escape % pattern: %zz'],
    ['bytes that are no UTF-8', new Uint8Array([65, 61, 0xff]), 'The parameters are not valid UTF-8.'],
    [
      'more parameters than anybody needs',
      `Action=GetUser&${IAM}${'&a'.repeat(20_000)}`,
      'A request has at most 20000 parameters.',
    ],
    ['escapes that are no UTF-8', `Action=GetUser&${IAM}&UserName=%ff`, 'The parameters are not valid UTF-8.'],
  ])('for %s is a MalformedQueryString', async (_what, body, message) => {
    const { status, text } = await root(body)
    expect([status, text('Code'), text('Message')]).toEqual([400, 'MalformedQueryString', message])
  })

  test.each([
    ['another type', `Action=GetUser&${IAM}`, 'application/json'],
    ['no action', IAM, undefined],
    ['nothing', '', undefined],
  ])('for %s lacks an action', async (_what, body, type) => {
    const { status, text } = await root(body, type === undefined ? {} : { type })
    expect([status, text('Code')]).toEqual([400, 'MissingAction'])
  })

  test('for more than ten million bytes is too large', async () => {
    const { status, text, headers } = await root(`Action=GetUser&${IAM}&UserName=${'a'.repeat(10_000_000)}`)
    expect([status, text('Code'), headers.get('connection')]).toEqual([413, 'PayloadTooLarge', 'close'])
  })
})

test('a browser that opens the address still gets the page', async () => {
  const response = await fetch(installation.url, { headers: { accept: 'text/html' }, redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql'])
  expect((await wireOf(await fetch(`${installation.url}/?Action=GetUser&${IAM}`))).text('Code')).toBe(
    'MissingAuthenticationToken',
  )
})
