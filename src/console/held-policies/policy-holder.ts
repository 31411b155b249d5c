import type { Check } from '../access/decisions.ts'
import { request } from '../api/request.ts'
import {
  AttachGroupPolicyDocument,
  AttachRolePolicyDocument,
  AttachUserPolicyDocument,
  DeleteGroupPolicyDocument,
  DeleteRolePolicyDocument,
  DeleteUserPolicyDocument,
  DetachGroupPolicyDocument,
  DetachRolePolicyDocument,
  DetachUserPolicyDocument,
  PutGroupPolicyDocument,
  PutRolePolicyDocument,
  PutUserPolicyDocument,
} from './documents.generated.ts'

/** A user, a group or a role, which policies are attached to or put into. */
export interface PolicyHolder {
  readonly type: 'User' | 'Group' | 'Role'
  readonly name: string
  /** The resource of everything that is done to it. */
  readonly arn: string
}

type Named = Pick<PolicyHolder, 'type' | 'name'>
type Deed = 'Attach' | 'Detach' | 'Put' | 'Delete'

interface Calls {
  readonly attach: (name: string, policyArn: string) => Promise<unknown>
  readonly detach: (name: string, policyArn: string) => Promise<unknown>
  readonly put: (name: string, policyName: string, policyDocument: string) => Promise<unknown>
  readonly delete: (name: string, policyName: string) => Promise<unknown>
}

/** IAM has one action of each kind for each type, which names the holder after its type. */
const CALLS: Readonly<Record<PolicyHolder['type'], Calls>> = {
  User: {
    attach: (userName, policyArn) => request(AttachUserPolicyDocument, { input: { userName, policyArn } }),
    detach: (userName, policyArn) => request(DetachUserPolicyDocument, { input: { userName, policyArn } }),
    put: (userName, policyName, policyDocument) =>
      request(PutUserPolicyDocument, { input: { userName, policyName, policyDocument } }),
    delete: (userName, policyName) => request(DeleteUserPolicyDocument, { input: { userName, policyName } }),
  },
  Group: {
    attach: (groupName, policyArn) => request(AttachGroupPolicyDocument, { input: { groupName, policyArn } }),
    detach: (groupName, policyArn) => request(DetachGroupPolicyDocument, { input: { groupName, policyArn } }),
    put: (groupName, policyName, policyDocument) =>
      request(PutGroupPolicyDocument, { input: { groupName, policyName, policyDocument } }),
    delete: (groupName, policyName) => request(DeleteGroupPolicyDocument, { input: { groupName, policyName } }),
  },
  Role: {
    attach: (roleName, policyArn) => request(AttachRolePolicyDocument, { input: { roleName, policyArn } }),
    detach: (roleName, policyArn) => request(DetachRolePolicyDocument, { input: { roleName, policyArn } }),
    put: (roleName, policyName, policyDocument) =>
      request(PutRolePolicyDocument, { input: { roleName, policyName, policyDocument } }),
    delete: (roleName, policyName) => request(DeleteRolePolicyDocument, { input: { roleName, policyName } }),
  },
}

/** What is needed for one of the actions on the policies of the holder, such as iam:AttachGroupPolicy. */
export function holderCheck({ type, arn }: PolicyHolder, deed: Deed): Check {
  return { action: `iam:${deed}${type}Policy`, resource: arn }
}

export async function attachPolicy({ type, name }: Named, policyArn: string): Promise<void> {
  await CALLS[type].attach(name, policyArn)
}

export async function detachPolicy({ type, name }: Named, policyArn: string): Promise<void> {
  await CALLS[type].detach(name, policyArn)
}

export async function putPolicy({ type, name }: Named, policyName: string, text: string): Promise<void> {
  await CALLS[type].put(name, policyName, text)
}

export async function deletePolicy({ type, name }: Named, policyName: string): Promise<void> {
  await CALLS[type].delete(name, policyName)
}
