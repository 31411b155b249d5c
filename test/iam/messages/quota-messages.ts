import { generateKeyPairSync } from 'node:crypto'
import { CERTIFICATES } from '../../support/certificates.ts'
import { SSH_KEYS } from '../../support/ssh-keys.ts'
import { DOCUMENT, documentOf, type Message } from './told.ts'

const many = (count: number) => Array.from({ length: count }, (_, n) => ({ key: `key-${n}`, value: 'x' }))

/** What is full (AWS IAM user guide, "IAM and AWS STS quotas"). */
export const QUOTA_MESSAGES: readonly Message[] = [
  {
    says: 'Cannot exceed quota for AccessKeysPerUser: 2',
    code: 'LimitExceeded',
    async when({ does, user }) {
      const { name: userName } = await user({ accessKeys: 2 })
      return await does('createAccessKey', { userName })
    },
  },
  {
    says: 'Cannot exceed quota for SSHPublicKeysPerUser: 5',
    code: 'LimitExceeded',
    async when({ does, user, fill }) {
      const { name: userName } = await user()
      const keys = Object.values(SSH_KEYS)
      await fill(5, 'uploadSshPublicKey', (n) => ({ userName, sshPublicKeyBody: keys[n - 1]?.line }))
      const { publicKey } = generateKeyPairSync('ed25519')
      const sshPublicKeyBody = publicKey.export({ type: 'spki', format: 'pem' })
      return await does('uploadSshPublicKey', { userName, sshPublicKeyBody })
    },
  },
  {
    says: 'Cannot exceed quota for SigningCertificatesPerUser: 2',
    code: 'LimitExceeded',
    async when({ does, user, fill }) {
      const { name: userName } = await user()
      const certificates = [CERTIFICATES.bob, CERTIFICATES.carol]
      await fill(2, 'uploadSigningCertificate', (n) => ({ userName, certificateBody: certificates[n - 1] }))
      return await does('uploadSigningCertificate', { userName, certificateBody: CERTIFICATES.until2027 })
    },
  },
  {
    says: 'Cannot exceed quota for UsersPerAccount: 5000',
    code: 'LimitExceeded',
    async when({ installation, account: { accountId }, does }) {
      await installation.pool.query(
        `insert into "user" (account_id, id, name, name_key, created_at)
           select $1, 'AIDAFILL' || n, 'fill-' || n, 'fill-' || n, now() from generate_series(1, 5000) n`,
        [accountId],
      )
      const answer = await does('createUser', { userName: 'One-too-many' })
      await installation.pool.query(`delete from "user" where account_id = $1 and name like 'fill-%'`, [accountId])
      return answer
    },
  },
  {
    says: 'Cannot exceed quota for RolesPerAccount: 1000',
    code: 'LimitExceeded',
    async when({ installation, account: { accountId }, does, trust }) {
      await installation.pool.query(
        `insert into role (account_id, id, name, name_key, trust_policy, created_at)
           select $1, 'AROAFILL' || n, 'fill-' || n, 'fill-' || n, '{}', now() from generate_series(1, 1000) n`,
        [accountId],
      )
      const answer = await does('createRole', { roleName: 'One-too-many', assumeRolePolicyDocument: trust(accountId) })
      await installation.pool.query(`delete from role where account_id = $1 and name like 'fill-%'`, [accountId])
      return answer
    },
  },
  {
    says: 'Cannot exceed quota for PoliciesPerRole: 10',
    code: 'LimitExceeded',
    async when({ does, role, fill, arn, newName }) {
      const { roleName } = await role()
      const names = Array.from({ length: 11 }, () => newName('Attached'))
      await fill(11, 'createPolicy', (n) => ({ policyName: names[n - 1], policyDocument: DOCUMENT }))
      await fill(10, 'attachRolePolicy', (n) => ({ roleName, policyArn: arn(`policy/${names[n - 1]}`) }))
      return await does('attachRolePolicy', { roleName, policyArn: arn(`policy/${names[10]}`) })
    },
  },
  {
    says: 'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    code: 'LimitExceeded',
    async when({ does, fill, arn, newName }) {
      const policyName = newName('Versions')
      await fill(1, 'createPolicy', () => ({ policyName, policyDocument: DOCUMENT }))
      const version = { policyArn: arn(`policy/${policyName}`), policyDocument: DOCUMENT }
      await fill(4, 'createPolicyVersion', () => version)
      return await does('createPolicyVersion', version)
    },
  },
  {
    says: 'Cannot exceed quota for PolicySize: 6144',
    code: 'LimitExceeded',
    when: ({ does }) => does('createPolicy', { policyName: 'Long', policyDocument: documentOf(6144) }),
  },
  {
    says: 'Maximum policy size of 2048 bytes exceeded for user Target',
    code: 'LimitExceeded',
    when: ({ does }) =>
      does('putUserPolicy', { userName: 'Target', policyName: 'long', policyDocument: documentOf(2048) }),
  },
  {
    says: 'Maximum policy size of 5120 bytes exceeded for group Crew',
    code: 'LimitExceeded',
    when: ({ does }) =>
      does('putGroupPolicy', { groupName: 'Crew', policyName: 'long', policyDocument: documentOf(5120) }),
  },
  {
    says: 'Maximum policy size of 10240 bytes exceeded for role Engine',
    code: 'LimitExceeded',
    when: ({ does }) =>
      does('putRolePolicy', { roleName: 'Engine', policyName: 'long', policyDocument: documentOf(10_240) }),
  },
  {
    says: 'Cannot exceed quota for ACLSizePerRole: 2048',
    code: 'LimitExceeded',
    when: ({ does, trust, account }) =>
      does('updateAssumeRolePolicy', {
        roleName: 'Engine',
        policyDocument: {
          Version: '2012-10-17',
          Statement: {
            ...trust(account.accountId).Statement,
            Condition: { StringEquals: { 'sts:ExternalId': 'x'.repeat(2048) } },
          },
        },
      }),
  },
  {
    says: "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    code: 'ValidationError',
    when: ({ does }) => does('tagUser', { userName: 'Target', tags: many(51) }),
  },
]
