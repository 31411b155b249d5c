import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation } from '../support/installation.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

test('a simulation answers in the shape of IAM, with what it says for the resource repeated', async () => {
  const answer = await account.root(`{
    simulateCustomPolicy(input: {
      policyInputList: ["{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:GetObject\\",\\"Resource\\":\\"*\\"}}"]
      actionNames: ["s3:GetObject"]
      resourceArns: ["arn:aws:s3:::b/x"]
      contextEntries: [{ contextKeyName: "aws:username", contextKeyValues: ["alice"], contextKeyType: STRING }]
    }) {
      evalActionName evalResourceName evalDecision missingContextValues
      permissionsBoundaryDecisionDetail { allowedByPermissionsBoundary }
      matchedStatements { ...matched }
      resourceSpecificResults {
        evalResourceName evalResourceDecision missingContextValues matchedStatements { ...matched }
      }
    }
  }
  fragment matched on MatchedStatement {
    sourcePolicyId sourcePolicyType startPosition { line column } endPosition { line column }
  }`)
  const matchedStatements = [
    {
      sourcePolicyId: 'PolicyInputList.1',
      sourcePolicyType: 'IAM Policy',
      startPosition: { line: 1, column: 38 },
      endPosition: { line: 1, column: 94 },
    },
  ]
  expect(answer.errors).toEqual([])
  expect(at(answer, 'simulateCustomPolicy')).toEqual([
    {
      evalActionName: 's3:GetObject',
      evalResourceName: 'arn:aws:s3:::b/x',
      evalDecision: 'ALLOW',
      missingContextValues: [],
      permissionsBoundaryDecisionDetail: null,
      matchedStatements,
      resourceSpecificResults: [
        {
          evalResourceName: 'arn:aws:s3:::b/x',
          evalResourceDecision: 'ALLOW',
          missingContextValues: [],
          matchedStatements,
        },
      ],
    },
  ])
})

test('a simulation explains itself statement by statement, those that did not apply as well', async () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Known',
        Effect: 'Allow',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:username': 'bob' } },
      },
      { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
    ],
  })
  const answer = await account.root(
    `query ($policy: PolicyDocument!) {
      simulateCustomPolicy(input: {
        policyInputList: [$policy]
        actionNames: ["s3:GetObject"]
        contextEntries: [{ contextKeyName: "aws:username", contextKeyValues: ["alice"] }]
      }) {
        reason mfaRequired
        statements { layer policy sid effect matched failed conditions { key resolvedValues requestValues result failure } }
      }
    }`,
    { policy },
  )
  expect(at(answer, 'simulateCustomPolicy')).toEqual([
    {
      reason: 'NO_IDENTITY_POLICY',
      mfaRequired: false,
      statements: [
        {
          layer: 'identity',
          policy: 'PolicyInputList.1',
          sid: 'Known',
          effect: 'Allow',
          matched: false,
          failed: ['condition'],
          conditions: [
            {
              key: 'aws:username',
              resolvedValues: ['bob'],
              requestValues: ['alice'],
              result: false,
              failure: 'NO_VALUE_MATCHED',
            },
          ],
        },
      ],
    },
  ])
})

test('whoever is signed in is told which actions there are, and what they are judged on', async () => {
  const user = await account.user({ name: 'Chooser' })
  const answer = at(await user.ask('{ knownActions { name accessLevel resourceArns } }'), 'knownActions')
  expect(answer).toEqual(
    expect.arrayContaining([
      {
        name: 'iam:AttachUserPolicy',
        accessLevel: 'Permissions management',
        resourceArns: ['arn:aws:iam::????????????:user/*', 'arn:aws:iam::????????????:root'],
      },
      { name: 'iam:GetAccountSummary', accessLevel: 'List', resourceArns: ['*'] },
      { name: 'iam:AcceptDelegationRequest', accessLevel: null, resourceArns: null },
    ]),
  )
})

const VALIDATE = `query ($document: PolicyDocument!, $type: PolicyType) {
  validatePolicy(document: $document, type: $type) { findingType issueCode message path line column }
}`

test('a policy is judged for whoever asks, as what it is meant to be', async () => {
  const user = await account.user({ name: 'Nobody' })
  const found = async (document: unknown, type?: string) =>
    at(await user.ask(VALIDATE, { document, type }), 'validatePolicy')
  expect(await found('{"Version": "2012-10-17",\n"Statement": [}')).toMatchObject([
    { findingType: 'ERROR', issueCode: 'MALFORMED_POLICY_DOCUMENT', message: 'Syntax errors in policy.', line: 2 },
  ])
  const statement = { Effect: 'Allow', Action: ['iam:PassRole', 'iam:FlyAway'], Resource: '*' }
  expect(await found({ Version: '2012-10-17', Statement: statement })).toMatchObject([
    { findingType: 'SECURITY_WARNING', issueCode: 'PASSES_ANY_ROLE', path: '$.Statement.Action[0]' },
    { findingType: 'WARNING', issueCode: 'UNKNOWN_ACTION', path: '$.Statement.Action[1]' },
  ])
  const trust = { Effect: 'Allow', Principal: { AWS: account.arn('root') }, Action: 'sts:AssumeRole' }
  expect(await found({ Version: '2012-10-17', Statement: trust }, 'TRUST')).toEqual([])
  expect(await found({ Version: '2012-10-17', Statement: trust })).toMatchObject([{ findingType: 'ERROR' }])
})

test('every action that the gate asks for, and the well-known ones of AWS, are known', async () => {
  const Action = ['iam:CreateAccessKey', 'iam:AcceptDelegationRequest', 'sts:AssumeRole', 'sts:TagSession', 'iam:*']
  const document = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action, Resource: '*' } }
  const answer = await account.root(VALIDATE, { document })
  expect(at(answer, 'validatePolicy')).toMatchObject([
    { issueCode: 'REDUNDANT_ACTION', path: '$.Statement.Action[0]' },
    { issueCode: 'REDUNDANT_ACTION', path: '$.Statement.Action[1]' },
  ])
})
