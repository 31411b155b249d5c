import type { ActionName } from '../../../access/action-name.generated.ts'
import { useCan } from '../../../access/use-can.ts'
import { type ApiError, asApiError } from '../../../api/api-error.ts'
import { request } from '../../../api/request.ts'
import { useQuery } from '../../../api/use-query.ts'
import { deletePolicy, detachPolicy } from '../../../held-policies/policy-holder.ts'
import { useMessages } from '../../../language/language.ts'
import type { Step } from '../../../steps/use-steps.ts'
import {
  DeactivateMfaDeviceDocument,
  DeleteLoginProfileDocument,
  DeleteUserAccessKeyDocument,
  DeleteUserCertificateDocument,
  DeleteUserDocument,
  DeleteUserDeviceDocument,
  DeleteUserServiceCredentialDocument,
  DeleteUserSshKeyDocument,
  RemoveUserFromGroupDocument,
  UserBlockersDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { User } from './user.ts'

/** A change on the way to a user's deletion, with what it needs. */
export interface DeletionStep extends Step {
  /** Why the person may not do it, naming the action; undefined when they may. */
  readonly missing: string | undefined
}

interface Deletion {
  /** Everything that blocks the deletion, in the order in which it is removed, and the deletion itself. Null: not known yet. */
  readonly steps: readonly DeletionStep[] | null
  /** Actions without which nobody can tell whether something blocks it. */
  readonly unseen: readonly ActionName[]
  readonly error: ApiError | null
}

interface Planned extends Step {
  readonly action: ActionName
  readonly resource: string
}

const LISTS = [
  'iam:ListAccessKeys',
  'iam:GetLoginProfile',
  'iam:ListMFADevices',
  'iam:ListUserPolicies',
  'iam:ListAttachedUserPolicies',
  'iam:ListGroupsForUser',
  'iam:ListSigningCertificates',
  'iam:ListSSHPublicKeys',
  'iam:ListServiceSpecificCredentials',
] as const satisfies readonly ActionName[]

/** What has to go before a user can be deleted: IAM removes none of it by itself. */
export function useDeletionSteps({ name, arn }: User): Deletion {
  const messages = useMessages({ en, ko })
  const lists = useCan(LISTS.map((action) => ({ action, resource: arn })))
  const [keys, password, mfa, inline, attached, groups, certificates, sshKeys, services] = lists
  const variables = {
    name,
    withKeys: keys?.allowed ?? false,
    withPassword: password?.allowed ?? false,
    withMfa: mfa?.allowed ?? false,
    withInline: inline?.allowed ?? false,
    withAttached: attached?.allowed ?? false,
    withGroups: groups?.allowed ?? false,
    withServices: services?.allowed ?? false,
    withCertificates: certificates?.allowed ?? false,
    withSshKeys: sshKeys?.allowed ?? false,
  }
  const known = keys?.known ?? false
  const asking = known && lists.some(({ allowed }) => allowed)
  const { data, error } = useQuery(UserBlockersDocument, asking ? variables : null)
  const unseen = LISTS.filter((_action, at) => !lists[at]?.allowed)
  const found = data?.user

  const planned: Planned[] = [
    ...(found?.loginProfile
      ? [
          {
            id: 'password',
            text: messages.stepPassword,
            action: 'iam:DeleteLoginProfile' as const,
            resource: arn,
            run: () => request(DeleteLoginProfileDocument, { input: { userName: name } }),
          },
        ]
      : []),
    ...(found?.accessKeys ?? []).map(
      ({ accessKeyId, status }): Planned => ({
        id: accessKeyId,
        text: status === 'ACTIVE' ? messages.stepActiveKey(accessKeyId) : messages.stepKey(accessKeyId),
        action: 'iam:DeleteAccessKey',
        resource: arn,
        run: () => request(DeleteUserAccessKeyDocument, { input: { userName: name, accessKeyId } }),
      }),
    ),
    ...(found?.mfaDevices ?? []).map(
      ({ serialNumber }): Planned => ({
        id: serialNumber,
        text: messages.stepMfa(serialNumber),
        action: 'iam:DeactivateMFADevice',
        resource: arn,
        run: () => releaseDevice(name, serialNumber),
      }),
    ),
    ...(found?.inlinePolicies ?? []).map(
      ({ policyName }): Planned => ({
        id: `inline ${policyName}`,
        text: messages.stepInline(policyName),
        action: 'iam:DeleteUserPolicy',
        resource: arn,
        run: () => deletePolicy({ type: 'User', name }, policyName),
      }),
    ),
    ...(found?.attachedPolicies?.edges ?? []).map(
      ({ node }): Planned => ({
        id: node.arn,
        text: messages.stepAttached(node.policyName),
        action: 'iam:DetachUserPolicy',
        resource: arn,
        run: () => detachPolicy({ type: 'User', name }, node.arn),
      }),
    ),
    ...(found?.groups?.edges ?? []).map(
      ({ node }): Planned => ({
        id: node.arn,
        text: messages.stepGroup(node.name),
        action: 'iam:RemoveUserFromGroup',
        resource: node.arn,
        run: () => request(RemoveUserFromGroupDocument, { input: { userName: name, groupName: node.name } }),
      }),
    ),
    ...(data?.serviceSpecificCredentials?.edges ?? []).map(
      ({ node: { serviceSpecificCredentialId, serviceName } }): Planned => ({
        id: serviceSpecificCredentialId,
        text: messages.stepService(serviceSpecificCredentialId, serviceName),
        action: 'iam:DeleteServiceSpecificCredential',
        resource: arn,
        run: () =>
          request(DeleteUserServiceCredentialDocument, { input: { userName: name, serviceSpecificCredentialId } }),
      }),
    ),
    ...(data?.signingCertificates ?? []).map(
      ({ certificateId }): Planned => ({
        id: certificateId,
        text: messages.stepCertificate(certificateId),
        action: 'iam:DeleteSigningCertificate',
        resource: arn,
        run: () => request(DeleteUserCertificateDocument, { input: { userName: name, certificateId } }),
      }),
    ),
    ...(data?.sshPublicKeys ?? []).map(
      ({ sshPublicKeyId }): Planned => ({
        id: sshPublicKeyId,
        text: messages.stepSshKey(sshPublicKeyId),
        action: 'iam:DeleteSSHPublicKey',
        resource: arn,
        run: () => request(DeleteUserSshKeyDocument, { input: { userName: name, sshPublicKeyId } }),
      }),
    ),
    {
      id: 'user',
      text: messages.stepUser(name),
      action: 'iam:DeleteUser',
      resource: arn,
      run: () => request(DeleteUserDocument, { input: { userName: name } }),
    },
  ]
  const permissions = useCan(planned.map(({ action, resource }) => ({ action, resource })))
  const steps = planned.map(({ id, text, run }, at) => ({ id, text, run, missing: permissions[at]?.disabledReason }))
  return { steps: known && (!asking || data !== null) ? steps : null, unseen: known ? unseen : [], error }
}

/** A device that was taken away cannot be used again safely. Only the taking away is needed for the deletion of its user. */
async function releaseDevice(userName: string, serialNumber: string): Promise<void> {
  // An earlier try may have taken it away and failed then.
  await unless('NoSuchEntity', () => request(DeactivateMfaDeviceDocument, { input: { userName, serialNumber } }))
  await unless('AccessDenied', () => request(DeleteUserDeviceDocument, { input: { serialNumber } }))
}

/** Does something; that it fails with one code does not matter. */
async function unless(code: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    if (asApiError(thrown).code !== code) throw thrown
  }
}
