import type { ErrorCode } from '../../../src/errors/index.ts'
import {
  type Account,
  type Answer,
  type Ask,
  keyOf,
  openInstallation,
  policyOf,
  textAt,
} from '../../support/installation.ts'
import { openWorld } from '../../support/world.ts'

/** What IAM or STS says word for word, and what makes it say so. */
export interface Message {
  /** `{account}` stands for the caller's account. */
  readonly says: string
  readonly code: ErrorCode
  readonly when: (told: Told) => Promise<Answer>
}

export type Told = Awaited<ReturnType<typeof openTold>>

/** Who asks for an operation by the name of its field; `input` is that of a mutation. */
export type Does = (field: string, input: object) => Promise<Answer>

export const DOCUMENT = policyOf([{ action: 's3:GetObject' }])

/** A document of about so many characters that count. */
export const documentOf = (size: number) =>
  policyOf([{ action: 's3:GetObject', on: `arn:aws:s3:::${'x'.repeat(size)}` }])

/** A trust policy that lets somebody in, with tags and a source identity. */
const trust = (principal: string) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  },
})

/** An installation with everything in it, and everybody who can be told something: root, an administrator, sessions. */
export async function openTold() {
  const installation = await openInstallation()
  const world = await openWorld(installation)
  const { account } = world
  const admin = await account.user({ name: 'Admin', allow: [{ action: '*' }] })
  const does = doing(admin.ask)
  let named = 0
  const told = {
    installation,
    world,
    account,
    admin,
    does,
    trust,
    ask: admin.ask,
    rootDoes: doing(account.root),
    arn: account.arn,
    newName: (kind: string) => `${kind}-${++named}`,
    /** A user with nothing but what is said. */
    user: async (options: Partial<Parameters<Account['user']>[0]> = {}) =>
      await account.user({ name: told.newName('Somebody'), accessKeys: 0, ...options }),
    /** The same operation so many times, which must work. */
    fill: async (count: number, field: string, inputOf: (n: number) => object) => {
      for (let n = 1; n <= count; n++) {
        const { errors } = await does(field, inputOf(n))
        if (errors.length > 0) throw new Error(errors[0]?.message)
      }
    },
    /** A new role that the administrator may assume; its ARN. */
    role: async (input: object = {}) => {
      const roleName = told.newName('Role')
      const made = await does('createRole', { roleName, assumeRolePolicyDocument: trust(account.accountId), ...input })
      if (made.errors.length > 0) throw new Error(made.text)
      await does('putRolePolicy', { roleName, policyName: 'all', policyDocument: policyOf([{ action: '*' }]) })
      return { roleName, roleArn: account.arn(`role/${roleName}`) }
    },
    /** Asks with temporary credentials that an operation gave out. */
    session: async (by: Does, field: string, input: object): Promise<{ ask: Ask; does: Does }> => {
      const answer = await by(field, input)
      const [accessKeyId, secretAccessKey, sessionToken] = ['accessKeyId', 'secretAccessKey', 'sessionToken'].map(
        (name) => textAt(answer, `${field}.${name}`),
      )
      const ask = installation.signs({
        ...keyOf({ id: accessKeyId!, secretAccessKey: secretAccessKey! }),
        sessionToken: sessionToken!,
      })
      return { ask, does: doing(ask) }
    },
    roleSession: async (input: object = {}) => {
      const { roleArn } = await told.role()
      return await told.session(does, 'assumeRole', { roleArn, roleSessionName: 'a-session', ...input })
    },
  }
  return told
}

const CREDENTIALS = new Set(['assumeRole', 'getSessionToken', 'getFederationToken'])

function doing(ask: Ask): Does {
  return (field, input) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    const selection = CREDENTIALS.has(field) ? 'accessKeyId secretAccessKey sessionToken' : '__typename'
    return ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, { input })
  }
}
