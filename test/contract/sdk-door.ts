import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  paginateListUsers,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { iamOf, stsOf } from '../aws-query/clients.ts'
import { type Credentials, type Door, type Protocol, Refused } from './door.ts'

/** The AWS Query protocol, as the AWS SDK for JavaScript speaks it. */
export const sdkDoor: Protocol = (installation, { accessKeyId, secretAccessKey, sessionToken }) => {
  const key = { id: accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
  const iam = iamOf(installation, key)
  const sts = stsOf(installation, key)

  const door: Door = {
    async createUser({ userName, path }) {
      return text((await iam.send(new CreateUserCommand({ UserName: userName, Path: path }))).User?.Arn)
    },
    async getUser(userName) {
      const { User } = await iam.send(new GetUserCommand({ UserName: userName }))
      return { name: text(User?.UserName), arn: text(User?.Arn) }
    },
    async listUsers() {
      const names: string[] = []
      for await (const { Users = [] } of paginateListUsers({ client: iam, pageSize: 2 }, {}))
        names.push(...Users.map(({ UserName }) => text(UserName)))
      return names
    },
    async updateUser({ userName, newUserName }) {
      await iam.send(new UpdateUserCommand({ UserName: userName, NewUserName: newUserName }))
    },
    async deleteUser(userName) {
      await iam.send(new DeleteUserCommand({ UserName: userName }))
    },

    async createAccessKey(userName) {
      const { AccessKey: made } = await iam.send(new CreateAccessKeyCommand({ UserName: userName }))
      const id = text(made?.AccessKeyId)
      return { id, accessKeyId: id, secretAccessKey: text(made?.SecretAccessKey), status: statusOf(made?.Status) }
    },
    async listAccessKeys(userName) {
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: userName }))
      return AccessKeyMetadata.map(({ AccessKeyId, Status }) => ({ id: text(AccessKeyId), status: statusOf(Status) }))
    },
    async updateAccessKey({ userName, accessKeyId: id, status }) {
      await iam.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: id, Status: status }))
    },
    async deleteAccessKey({ userName, accessKeyId: id }) {
      await iam.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: id }))
    },
    async getAccessKeyLastUsed(id) {
      const { UserName, AccessKeyLastUsed } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }))
      const service = text(AccessKeyLastUsed?.ServiceName)
      return { userName: text(UserName), service: service === 'N/A' ? null : service }
    },

    async putUserPolicy({ userName, policyName, policyDocument }) {
      const policy = { PolicyName: policyName, PolicyDocument: policyDocument }
      await iam.send(new PutUserPolicyCommand({ UserName: userName, ...policy }))
    },
    async getUserPolicy({ userName, policyName }) {
      const asked = new GetUserPolicyCommand({ UserName: userName, PolicyName: policyName })
      return decodeURIComponent(text((await iam.send(asked)).PolicyDocument))
    },
    async listUserPolicies(userName) {
      return (await iam.send(new ListUserPoliciesCommand({ UserName: userName }))).PolicyNames ?? []
    },
    async deleteUserPolicy({ userName, policyName }) {
      await iam.send(new DeleteUserPolicyCommand({ UserName: userName, PolicyName: policyName }))
    },

    async createPolicy({ policyName, policyDocument }) {
      const asked = new CreatePolicyCommand({ PolicyName: policyName, PolicyDocument: policyDocument })
      return text((await iam.send(asked)).Policy?.Arn)
    },
    async attachUserPolicy({ userName, policyArn }) {
      await iam.send(new AttachUserPolicyCommand({ UserName: userName, PolicyArn: policyArn }))
    },
    async listAttachedUserPolicies(userName) {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: userName }))
      return AttachedPolicies.map(({ PolicyArn }) => text(PolicyArn))
    },
    async detachUserPolicy({ userName, policyArn }) {
      await iam.send(new DetachUserPolicyCommand({ UserName: userName, PolicyArn: policyArn }))
    },
    async createPolicyVersion({ policyArn, policyDocument }) {
      const version = { PolicyArn: policyArn, PolicyDocument: policyDocument, SetAsDefault: true }
      return text((await iam.send(new CreatePolicyVersionCommand(version))).PolicyVersion?.VersionId)
    },
    async deletePolicyVersion({ policyArn, versionId }) {
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: versionId }))
    },
    async deletePolicy(policyArn) {
      await iam.send(new DeletePolicyCommand({ PolicyArn: policyArn }))
    },

    async createGroup(groupName) {
      return text((await iam.send(new CreateGroupCommand({ GroupName: groupName }))).Group?.Arn)
    },
    async addUserToGroup({ groupName, userName }) {
      await iam.send(new AddUserToGroupCommand({ GroupName: groupName, UserName: userName }))
    },
    async listGroupsForUser(userName) {
      const { Groups = [] } = await iam.send(new ListGroupsForUserCommand({ UserName: userName }))
      return Groups.map(({ GroupName }) => text(GroupName))
    },
    async removeUserFromGroup({ groupName, userName }) {
      await iam.send(new RemoveUserFromGroupCommand({ GroupName: groupName, UserName: userName }))
    },
    async putGroupPolicy({ groupName, policyName, policyDocument }) {
      const policy = { PolicyName: policyName, PolicyDocument: policyDocument }
      await iam.send(new PutGroupPolicyCommand({ GroupName: groupName, ...policy }))
    },
    async deleteGroupPolicy({ groupName, policyName }) {
      await iam.send(new DeleteGroupPolicyCommand({ GroupName: groupName, PolicyName: policyName }))
    },
    async deleteGroup(groupName) {
      await iam.send(new DeleteGroupCommand({ GroupName: groupName }))
    },

    async createRole({ roleName, assumeRolePolicyDocument }) {
      const role = { RoleName: roleName, AssumeRolePolicyDocument: assumeRolePolicyDocument }
      return text((await iam.send(new CreateRoleCommand(role))).Role?.Arn)
    },
    async putRolePolicy({ roleName, policyName, policyDocument }) {
      const policy = { PolicyName: policyName, PolicyDocument: policyDocument }
      await iam.send(new PutRolePolicyCommand({ RoleName: roleName, ...policy }))
    },
    async deleteRolePolicy({ roleName, policyName }) {
      await iam.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: policyName }))
    },
    async deleteRole(roleName) {
      await iam.send(new DeleteRoleCommand({ RoleName: roleName }))
    },
    async assumeRole({ roleArn, roleSessionName }) {
      const asked = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: roleSessionName })
      const { Credentials: issued, AssumedRoleUser } = await sts.send(asked)
      return { ...credentialsOf(issued), arn: text(AssumedRoleUser?.Arn) }
    },

    async createVirtualMfaDevice(virtualMfaDeviceName) {
      const asked = new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: virtualMfaDeviceName })
      const { VirtualMFADevice: made } = await iam.send(asked)
      return { serialNumber: text(made?.SerialNumber), seed: new TextDecoder().decode(made?.Base32StringSeed) }
    },
    async enableMfaDevice({ userName, serialNumber, authenticationCode1, authenticationCode2 }) {
      const codes = { AuthenticationCode1: authenticationCode1, AuthenticationCode2: authenticationCode2 }
      await iam.send(new EnableMFADeviceCommand({ UserName: userName, SerialNumber: serialNumber, ...codes }))
    },
    async listMfaDevices(userName) {
      const { MFADevices = [] } = await iam.send(new ListMFADevicesCommand({ UserName: userName }))
      return MFADevices.map(({ SerialNumber }) => text(SerialNumber))
    },
    async deactivateMfaDevice({ userName, serialNumber }) {
      await iam.send(new DeactivateMFADeviceCommand({ UserName: userName, SerialNumber: serialNumber }))
    },
    async deleteVirtualMfaDevice(serialNumber) {
      await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serialNumber }))
    },

    async getSessionToken(code) {
      const asked = new GetSessionTokenCommand({ SerialNumber: code?.serialNumber, TokenCode: code?.tokenCode })
      return credentialsOf((await sts.send(asked)).Credentials)
    },
    async getCallerIdentity() {
      const { UserId, Account, Arn } = await sts.send(new GetCallerIdentityCommand({}))
      return { userId: text(UserId), account: text(Account), arn: text(Arn) }
    },
    async getAccessKeyInfo(id) {
      return text((await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: id }))).Account)
    },
  }
  iam.middlewareStack.add(refusals, { step: 'initialize' })
  sts.middlewareStack.add(refusals, { step: 'initialize' })
  return door
}

/** Every error of a service becomes Refused; `Code` is what was on the wire, the name is the SDK's own. */
function refusals<Input, Output>(next: (input: Input) => Promise<Output>) {
  return async (input: Input): Promise<Output> => {
    try {
      return await next(input)
    } catch (error) {
      if (error instanceof Error && 'Code' in error) throw new Refused(String(error.Code), error.message)
      throw error
    }
  }
}

interface Issued {
  readonly AccessKeyId: string | undefined
  readonly SecretAccessKey: string | undefined
  readonly SessionToken: string | undefined
}

function credentialsOf(issued: Issued | undefined): Required<Credentials> {
  return {
    accessKeyId: text(issued?.AccessKeyId),
    secretAccessKey: text(issued?.SecretAccessKey),
    sessionToken: text(issued?.SessionToken),
  }
}

function statusOf(status: string | undefined): 'Active' | 'Inactive' {
  if (status !== 'Active' && status !== 'Inactive') throw new Error(`${status} is no status.`)
  return status
}

function text(value: string | undefined): string {
  if (value === undefined) throw new Error('The answer lacks a member.')
  return value
}
