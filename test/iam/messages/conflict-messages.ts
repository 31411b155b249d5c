import { CERTIFICATES } from '../../support/certificates.ts'
import { SSH_KEYS } from '../../support/ssh-keys.ts'
import { DOCUMENT, type Message } from './told.ts'

/** What must be gone before something is deleted. */
export const CONFLICT_MESSAGES: readonly Message[] = [
  {
    says: 'Cannot delete entity, must delete login profile first.',
    code: 'DeleteConflict',
    async when({ does, user }) {
      const { name: userName } = await user()
      await does('createLoginProfile', { userName, password: 'Correct-Horse-7' })
      return await does('deleteUser', { userName })
    },
  },
  {
    says: 'Cannot delete entity, must delete access keys first.',
    code: 'DeleteConflict',
    when: async ({ does, user }) => await does('deleteUser', { userName: (await user({ accessKeys: 1 })).name }),
  },
  {
    says: 'Cannot delete entity, must delete MFA device first.',
    code: 'DeleteConflict',
    async when({ installation, account: { accountId }, does, user }) {
      const owner = await user()
      await installation.db.mfaDevice.updateMany({ where: { accountId, name: 'Used' }, data: { userId: owner.id } })
      const answer = await does('deleteUser', { userName: owner.name })
      const { id } = await installation.db.user.findFirstOrThrow({ where: { accountId, name: 'Target' } })
      await installation.db.mfaDevice.updateMany({ where: { accountId, name: 'Used' }, data: { userId: id } })
      return answer
    },
  },
  {
    says: 'Cannot delete entity, must delete policies first.',
    code: 'DeleteConflict',
    when: async ({ does, user }) =>
      await does('deleteUser', { userName: (await user({ policies: { inline: DOCUMENT } })).name }),
  },
  {
    says: 'Cannot delete entity, must detach all policies first.',
    code: 'DeleteConflict',
    when: async ({ does, user, world }) =>
      await does('deleteUser', { userName: (await user({ attached: [world.loose.id] })).name }),
  },
  {
    says: 'Cannot delete entity, must remove referenced objects first.',
    code: 'DeleteConflict',
    async when({ does, user }) {
      const { name: userName } = await user()
      await does('createServiceSpecificCredential', { userName, serviceName: 'git.example.com' })
      return await does('deleteUser', { userName })
    },
  },
  {
    says: 'Cannot delete entity, must delete certificates first.',
    code: 'DeleteConflict',
    async when({ does, user }) {
      const { name: userName } = await user()
      await does('uploadSshPublicKey', { userName, sshPublicKeyBody: SSH_KEYS.ed25519.line })
      await does('uploadSigningCertificate', { userName, certificateBody: CERTIFICATES.until2027 })
      return await does('deleteUser', { userName })
    },
  },
  {
    says: 'Cannot delete entity, must remove referenced objects first.',
    code: 'DeleteConflict',
    async when({ does, user }) {
      const { name: userName } = await user()
      await does('uploadSshPublicKey', { userName, sshPublicKeyBody: SSH_KEYS.ed25519.line })
      return await does('deleteUser', { userName })
    },
  },
  {
    says: 'Cannot delete entity, must remove users from group first.',
    code: 'DeleteConflict',
    async when({ does, fill }) {
      await fill(1, 'createGroup', () => ({ groupName: 'Members' }))
      await fill(1, 'addUserToGroup', () => ({ groupName: 'Members', userName: 'Plain' }))
      return await does('deleteGroup', { groupName: 'Members' })
    },
  },
  {
    says: 'Cannot delete entity, must delete policies first.',
    code: 'DeleteConflict',
    async when({ does, fill }) {
      await fill(1, 'createGroup', () => ({ groupName: 'Inline' }))
      await fill(1, 'putGroupPolicy', () => ({ groupName: 'Inline', policyName: 'x', policyDocument: DOCUMENT }))
      return await does('deleteGroup', { groupName: 'Inline' })
    },
  },
  {
    says: 'Cannot delete entity, must detach all policies first.',
    code: 'DeleteConflict',
    async when({ does, fill, world }) {
      await fill(1, 'createGroup', () => ({ groupName: 'Attached' }))
      await fill(1, 'attachGroupPolicy', () => ({ groupName: 'Attached', policyArn: world.loose.arn }))
      return await does('deleteGroup', { groupName: 'Attached' })
    },
  },
  {
    says: 'Cannot delete entity, must delete policies first.',
    code: 'DeleteConflict',
    when: async ({ does, role }) => await does('deleteRole', { roleName: (await role()).roleName }),
  },
  {
    says: 'Cannot delete entity, must detach all policies first.',
    code: 'DeleteConflict',
    async when({ does, fill, role, world }) {
      const { roleName } = await role()
      await fill(1, 'deleteRolePolicy', () => ({ roleName, policyName: 'all' }))
      await fill(1, 'attachRolePolicy', () => ({ roleName, policyArn: world.loose.arn }))
      return await does('deleteRole', { roleName })
    },
  },
  {
    says: 'Cannot delete a policy attached to entities.',
    code: 'DeleteConflict',
    when: ({ does, world }) => does('deletePolicy', { policyArn: world.managed.arn }),
  },
  {
    says: "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    code: 'DeleteConflict',
    async when({ does, fill, arn }) {
      const policyArn = arn('policy/Twice')
      await fill(1, 'createPolicy', () => ({ policyName: 'Twice', policyDocument: DOCUMENT }))
      await fill(1, 'createPolicyVersion', () => ({ policyArn, policyDocument: DOCUMENT }))
      return await does('deletePolicy', { policyArn })
    },
  },
  {
    says: 'MFA VirtualDevice in use. Must deactivate first.',
    code: 'DeleteConflict',
    when: ({ does, world }) => does('deleteVirtualMfaDevice', { serialNumber: world.used.serialNumber }),
  },
]
