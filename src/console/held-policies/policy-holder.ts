import type { Check } from '../access/decisions.ts'
import { request } from '../api/request.ts'
import {
  AttachGroupPolicyDocument,
  AttachRolePolicyDocument,
  DeleteGroupPolicyDocument,
  DeleteRolePolicyDocument,
  DetachGroupPolicyDocument,
  DetachRolePolicyDocument,
  PutGroupPolicyDocument,
  PutRolePolicyDocument,
} from './documents.generated.ts'

/** A group or a role, which policies are attached to or put into. */
export interface PolicyHolder {
  readonly type: 'Group' | 'Role'
  readonly name: string
  /** The resource of everything that is done to it. */
  readonly arn: string
}

type Deed = 'Attach' | 'Detach' | 'Put' | 'Delete'

/** What is needed for one of the actions on the policies of the holder, such as iam:AttachGroupPolicy. */
export function holderCheck({ type, arn }: PolicyHolder, deed: Deed): Check {
  return { action: `iam:${deed}${type}Policy`, resource: arn }
}

export async function attachPolicy({ type, name }: PolicyHolder, policyArn: string): Promise<void> {
  if (type === 'Group') await request(AttachGroupPolicyDocument, { input: { groupName: name, policyArn } })
  else await request(AttachRolePolicyDocument, { input: { roleName: name, policyArn } })
}

export async function detachPolicy({ type, name }: PolicyHolder, policyArn: string): Promise<void> {
  if (type === 'Group') await request(DetachGroupPolicyDocument, { input: { groupName: name, policyArn } })
  else await request(DetachRolePolicyDocument, { input: { roleName: name, policyArn } })
}

export async function putPolicy({ type, name }: PolicyHolder, policyName: string, text: string): Promise<void> {
  const policy = { policyName, policyDocument: text }
  if (type === 'Group') await request(PutGroupPolicyDocument, { input: { groupName: name, ...policy } })
  else await request(PutRolePolicyDocument, { input: { roleName: name, ...policy } })
}

export async function deletePolicy({ type, name }: PolicyHolder, policyName: string): Promise<void> {
  if (type === 'Group') await request(DeleteGroupPolicyDocument, { input: { groupName: name, policyName } })
  else await request(DeleteRolePolicyDocument, { input: { roleName: name, policyName } })
}
