import { z } from 'zod'
import type { usePortal } from './portal.ts'

const ACCOUNT = 'arn:aws:iam::123456789012'
const DAY_MS = 24 * 60 * 60 * 1000
const USERS_PAGE = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Look', Effect: 'Allow', Action: ['iam:List*', 'iam:Get*'], Resource: '*' },
    {
      Sid: 'ChangeWithMfa',
      Effect: 'Allow',
      Action: ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
      Resource: 'arn:aws:iam::*:user/${aws:username}',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
}
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
}

/** Names as long as they may be, without a place to break. */
const LONG = 'abcdefghij'.repeat(6)

const accessKey = z.object({ createAccessKey: z.object({ accessKey: z.object({ accessKeyId: z.string() }) }) })
const policyOf = z.object({ createPolicy: z.object({ policy: z.object({ arn: z.string() }) }) })

/**
 * An account in which every page has something to show: people, keys old and new, groups, roles, policies with versions, tags,
 * a boundary, MFA devices, denials. Answers the addresses at which it is shown.
 */
export async function fillAccount(portal: ReturnType<typeof usePortal>): Promise<{ readonly decision: string }> {
  await portal.createPerson({ name: 'alice', path: '/dev/', policies: { Own: USERS_PAGE } })
  await portal.createPerson({ name: `${LONG}.ops`, path: `/${LONG}/${LONG}/` })
  for (const name of ['bob', 'carol', 'dave']) await portal.createPerson({ name })
  await portal.enableMfa('carol')
  const made = accessKey.parse(
    await portal.asRoot(
      'mutation { createAccessKey(input: { userName: "alice", description: "nightly builds" }) { accessKey { accessKeyId } } }',
    ),
  )
  await portal.asRoot(
    `mutation ($id: ID!) {
      second: createAccessKey(input: { userName: "alice" }) { accessKey { accessKeyId } }
      bobs: createAccessKey(input: { userName: "bob", description: "${'long description '.repeat(14)}" }) { accessKey { accessKeyId } }
      updateAccessKey(input: { userName: "alice", accessKeyId: $id, status: INACTIVE }) { __typename }
      createAccountAlias(input: { accountAlias: "example-company" }) { accountAlias }
      updateAccountPasswordPolicy(input: { minimumPasswordLength: 14, requireSymbols: true, maxPasswordAge: 365 }) { __typename }
    }`,
    { id: made.createAccessKey.accessKey.accessKeyId },
  )
  const { createPolicy } = policyOf.parse(
    await portal.asRoot(
      `mutation ($document: PolicyDocument!) {
        createPolicy(input: { policyName: "UsersPage", path: "/portal/", description: "What the page of users needs", policyDocument: $document, tags: [{ key: "owner", value: "identity" }] }) { policy { arn } }
      }`,
      { document: JSON.stringify(USERS_PAGE) },
    ),
  )
  await portal.asRoot(
    `mutation ($arn: ARN!, $document: PolicyDocument!, $other: PolicyDocument!, $trust: PolicyDocument!) {
      createPolicyVersion(input: { policyArn: $arn, policyDocument: $other }) { versionId }
      createGroup(input: { groupName: "engineers", path: "/dev/" }) { group { name } }
      addUserToGroup(input: { groupName: "engineers", userName: "alice" }) { group { name } }
      attachGroupPolicy(input: { groupName: "engineers", policyArn: $arn }) { group { name } }
      putGroupPolicy(input: { groupName: "engineers", policyName: "Inline", policyDocument: $document }) { group { name } }
      attachUserPolicy(input: { userName: "bob", policyArn: $arn }) { user { name } }
      putUserPermissionsBoundary(input: { userName: "bob", permissionsBoundary: $arn }) { user { name } }
      tagUser(input: { userName: "bob", tags: [{ key: "team", value: "payments" }, { key: "${LONG}", value: "${LONG}" }] }) { user { name } }
      createRole(input: { roleName: "deploy", description: "Deploys what was built", assumeRolePolicyDocument: $trust, tags: [{ key: "owner", value: "identity" }] }) { role { name } }
      attachRolePolicy(input: { roleName: "deploy", policyArn: $arn }) { role { name } }
    }`,
    {
      arn: createPolicy.policy.arn,
      document: JSON.stringify(USERS_PAGE),
      other: JSON.stringify({ ...USERS_PAGE, Statement: USERS_PAGE.Statement.slice(0, 1) }),
      trust: JSON.stringify(TRUST),
    },
  )
  portal.served.clock.advance(100 * DAY_MS)
  const denied = await portal.openAs('dave', '/security-credentials')
  await denied.getByText('You do not have permission').first().waitFor()
  await denied.context().close()
  await expectReport(portal)
  const { auditEvents } = z
    .object({ auditEvents: z.object({ edges: z.array(z.object({ node: z.object({ decisionId: z.string() }) })) }) })
    .parse(
      await portal.asRoot('{ auditEvents(first: 1, filter: { result: DENIED }) { edges { node { decisionId } } } }'),
    )
  return { decision: auditEvents.edges[0]?.node.decisionId ?? '' }
}

async function expectReport(portal: ReturnType<typeof usePortal>): Promise<void> {
  const state = z.object({ generateCredentialReport: z.object({ state: z.string() }) })
  for (;;) {
    const answer = state.parse(await portal.asRoot('mutation { generateCredentialReport { state } }'))
    if (answer.generateCredentialReport.state === 'COMPLETE') return
  }
}
