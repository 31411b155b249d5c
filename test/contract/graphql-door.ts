import { ClientError } from 'graphql-request'
import type { WireError } from '../support/installation.ts'
import { clientsOf } from '../scenario/clients.ts'
import { type Door, type KeyStatus, type Protocol, Refused } from './door.ts'

const STATUS = { ACTIVE: 'Active', INACTIVE: 'Inactive' } as const
type Status = keyof typeof STATUS
const statusOf = (status: KeyStatus): Status => (status === 'Active' ? 'ACTIVE' : 'INACTIVE')

interface WireKey {
  readonly accessKeyId: string
  readonly status: Status
}
const keyOf = ({ accessKeyId, status }: WireKey) => ({ id: accessKeyId, status: STATUS[status] })

const ISSUED = 'accessKeyId secretAccessKey sessionToken'

/** The GraphQL API, as bots use it: graphql-request over the fetch of `latchkey/client` that signs. */
export const graphqlDoor: Protocol = (installation, credentials) => {
  const client = clientsOf(installation).signing(credentials)

  async function ask<Data>(document: string, variables: object = {}): Promise<Data> {
    try {
      return await client.request<Data>(document, variables)
    } catch (error) {
      throw refusedOf(error)
    }
  }

  /** A mutation, which is an IAM action with one input; answers what is selected of its payload. */
  async function change<Payload = unknown>(action: string, input: object, selected = '__typename'): Promise<Payload> {
    const type = `${action.charAt(0).toUpperCase()}${action.slice(1)}Input`
    const document = `mutation ($input: ${type}!) { payload: ${action}(input: $input) { ${selected} } }`
    return (await ask<{ payload: Payload }>(document, { input })).payload
  }

  /** A change whose payload nobody looks at. */
  const changes =
    (action: string) =>
    async (input: object): Promise<void> =>
      void (await change(action, input))

  const named =
    (action: string, name: string) =>
    async (value: string): Promise<void> =>
      void (await change(action, { [name]: value }))

  const door: Door = {
    async createUser(user) {
      return (await change<{ user: { arn: string } }>('createUser', user, 'user { arn }')).user.arn
    },
    async getUser(name) {
      const document = 'query ($name: String) { user(name: $name) { name arn } }'
      return (await ask<{ user: { name: string; arn: string } }>(document, { name })).user
    },
    async listUsers() {
      interface Page {
        users: {
          edges: { node: { name: string } }[]
          pageInfo: { hasNextPage: boolean; endCursor: string | null }
        }
      }
      const document = `query ($after: String) {
        users(first: 2, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } }
      }`
      const names: string[] = []
      for (let after: string | null = null; ; ) {
        const { users }: Page = await ask<Page>(document, { after })
        names.push(...users.edges.map(({ node }) => node.name))
        if (!users.pageInfo.hasNextPage) return names
        after = users.pageInfo.endCursor
      }
    },
    updateUser: changes('updateUser'),
    deleteUser: named('deleteUser', 'userName'),

    async createAccessKey(userName) {
      const { accessKey, secretAccessKey } = await change<{ accessKey: WireKey; secretAccessKey: string }>(
        'createAccessKey',
        { userName },
        'accessKey { accessKeyId status } secretAccessKey',
      )
      return { ...keyOf(accessKey), accessKeyId: accessKey.accessKeyId, secretAccessKey }
    },
    async listAccessKeys(userName) {
      const document = 'query ($userName: String) { accessKeys(userName: $userName) { accessKeyId status } }'
      return (await ask<{ accessKeys: WireKey[] }>(document, { userName })).accessKeys.map(keyOf)
    },
    async updateAccessKey({ status, ...key }) {
      await change('updateAccessKey', { ...key, status: statusOf(status) })
    },
    deleteAccessKey: changes('deleteAccessKey'),
    async getAccessKeyLastUsed(id) {
      interface Used {
        accessKey: { userName: string; lastUsed: { service: string | null } | null }
      }
      const document = 'query ($id: ID!) { accessKey(id: $id) { userName lastUsed { service } } }'
      const { userName, lastUsed } = (await ask<Used>(document, { id })).accessKey
      return { userName, service: lastUsed?.service ?? null }
    },

    putUserPolicy: changes('putUserPolicy'),
    async getUserPolicy(policy) {
      const document = `query ($userName: String!, $policyName: String!) {
        userPolicy(userName: $userName, policyName: $policyName) { policyText }
      }`
      return (await ask<{ userPolicy: { policyText: string } }>(document, policy)).userPolicy.policyText
    },
    async listUserPolicies(userName) {
      const document = 'query ($userName: String!) { userPolicyNames(userName: $userName) }'
      return (await ask<{ userPolicyNames: string[] }>(document, { userName })).userPolicyNames
    },
    deleteUserPolicy: changes('deleteUserPolicy'),

    async createPolicy(policy) {
      return (await change<{ policy: { arn: string } }>('createPolicy', policy, 'policy { arn }')).policy.arn
    },
    attachUserPolicy: changes('attachUserPolicy'),
    async listAttachedUserPolicies(userName) {
      const document = 'query ($userName: String!) { attachedUserPolicies(userName: $userName) { policyArn } }'
      const { attachedUserPolicies } = await ask<{ attachedUserPolicies: { policyArn: string }[] }>(document, {
        userName,
      })
      return attachedUserPolicies.map(({ policyArn }) => policyArn)
    },
    detachUserPolicy: changes('detachUserPolicy'),
    async createPolicyVersion(version) {
      const input = { ...version, setAsDefault: true }
      return (await change<{ versionId: string }>('createPolicyVersion', input, 'versionId')).versionId
    },
    deletePolicyVersion: changes('deletePolicyVersion'),
    deletePolicy: named('deletePolicy', 'policyArn'),

    async createGroup(groupName) {
      return (await change<{ group: { arn: string } }>('createGroup', { groupName }, 'group { arn }')).group.arn
    },
    addUserToGroup: changes('addUserToGroup'),
    async listGroupsForUser(userName) {
      const document = 'query ($userName: String!) { groupsForUser(userName: $userName) { name } }'
      const { groupsForUser } = await ask<{ groupsForUser: { name: string }[] }>(document, { userName })
      return groupsForUser.map(({ name }) => name)
    },
    removeUserFromGroup: changes('removeUserFromGroup'),
    putGroupPolicy: changes('putGroupPolicy'),
    deleteGroupPolicy: changes('deleteGroupPolicy'),
    deleteGroup: named('deleteGroup', 'groupName'),

    async createRole(role) {
      return (await change<{ role: { arn: string } }>('createRole', role, 'role { arn }')).role.arn
    },
    putRolePolicy: changes('putRolePolicy'),
    deleteRolePolicy: changes('deleteRolePolicy'),
    deleteRole: named('deleteRole', 'roleName'),
    async assumeRole(session) {
      interface Assumed extends Required<typeof credentials> {
        readonly assumedRoleUser: { readonly arn: string }
      }
      const { assumedRoleUser, ...issued } = await change<Assumed>(
        'assumeRole',
        session,
        `${ISSUED} assumedRoleUser { arn }`,
      )
      return { ...issued, arn: assumedRoleUser.arn }
    },

    async createVirtualMfaDevice(virtualMfaDeviceName) {
      const { base32StringSeed: seed, mfaDevice } = await change<{
        base32StringSeed: string
        mfaDevice: { serialNumber: string }
      }>('createVirtualMfaDevice', { virtualMfaDeviceName }, 'base32StringSeed mfaDevice { serialNumber }')
      return { serialNumber: mfaDevice.serialNumber, seed }
    },
    enableMfaDevice: changes('enableMfaDevice'),
    async listMfaDevices(userName) {
      const document = 'query ($userName: String) { mfaDevices(userName: $userName) { serialNumber } }'
      const { mfaDevices } = await ask<{ mfaDevices: { serialNumber: string }[] }>(document, { userName })
      return mfaDevices.map(({ serialNumber }) => serialNumber)
    },
    deactivateMfaDevice: changes('deactivateMfaDevice'),
    deleteVirtualMfaDevice: named('deleteVirtualMfaDevice', 'serialNumber'),

    getSessionToken: (code) => change('getSessionToken', { ...code }, ISSUED),
    async getCallerIdentity() {
      interface Viewer {
        viewer: { userId: string; accountId: string; arn: string }
      }
      const { userId, accountId, arn } = (await ask<Viewer>('{ viewer { userId accountId arn } }')).viewer
      return { userId, account: accountId, arn }
    },
    async getAccessKeyInfo(id) {
      const document = 'query ($id: ID!) { accessKeyInfo(id: $id) { accountId } }'
      return (await ask<{ accessKeyInfo: { accountId: string } }>(document, { id })).accessKeyInfo.accountId
    },
  }
  return door
}

/** The one error that a request is refused with; anything else is a fault of the test. */
function refusedOf(error: unknown): unknown {
  if (!(error instanceof ClientError)) return error
  // An answer with another status than 200 is an error of its own shape: the same body.
  const { errors }: { errors?: WireError[] } = JSON.parse(JSON.stringify(error.response))
  const [only, ...more] = errors ?? []
  return only === undefined || more.length > 0 ? error : new Refused(only.extensions.code, only.message)
}
