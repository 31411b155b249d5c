import { groupArn, instanceProfileArn, roleArn, userArn } from '../../authn/arn.ts'
import { addUserToGroup } from '../../iam/groups/group-members.ts'
import { createGroup } from '../../iam/groups/create-group.ts'
import { updateGroup } from '../../iam/groups/update-group.ts'
import { attachGroupPolicy, attachRolePolicy, attachUserPolicy } from '../../iam/held-policies/attached-policies.ts'
import { putGroupPolicy, putRolePolicy, putUserPolicy } from '../../iam/held-policies/inline-policies.ts'
import {
  putRolePermissionsBoundary,
  putUserPermissionsBoundary,
} from '../../iam/held-policies/permissions-boundaries.ts'
import { createInstanceProfile } from '../../iam/instance-profiles/create-instance-profile.ts'
import { addRoleToInstanceProfile } from '../../iam/instance-profiles/role-in-instance-profile.ts'
import { isServiceLinked, SERVICE_LINKED_PATH } from '../../iam/roles/protected-role.ts'
import { createServiceLinkedRole } from '../../iam/service-linked-roles/create-service-linked-role.ts'
import { serviceLinkedName } from '../../iam/service-linked-roles/service-linked-name.ts'
import { createRole } from '../../iam/roles/create-role.ts'
import { tagRole } from '../../iam/roles/tag-role.ts'
import { updateAssumeRolePolicy } from '../../iam/roles/update-role.ts'
import { createUser } from '../../iam/users/create-user.ts'
import { tagUser } from '../../iam/users/tag-user.ts'
import { updateUser } from '../../iam/users/update-user.ts'
import { type HolderDetails, meaningOf, type RoleDetails, type UserDetails } from './details.ts'
import { byName, noteSurplus, type Planning, type Step } from './steps.ts'

/** One holder that is planned: its steps differ in what they do only. */
interface Subject {
  readonly planning: Planning
  readonly subject: string
  readonly resource: string
}

export function planGroups(
  planning: Planning,
  wanted: readonly HolderDetails[],
  present: readonly HolderDetails[],
): void {
  const known = byName(present)
  for (const group of wanted) {
    const { name: groupName, path } = group
    const found = known.get(groupName.toLowerCase())
    const subject = subjectOf(
      planning,
      'group',
      groupName,
      groupArn({ accountId: planning.accountId, path, name: groupName }),
    )
    if (found === undefined) make(subject, 'iam:CreateGroup', (call) => createGroup(call, { groupName, path }))
    else if (found.path !== path)
      step(subject, `moves to ${path}`, 'iam:UpdateGroup', (call) => updateGroup(call, { groupName, newPath: path }))
    planPoliciesOf(subject, 'Group', group, found, {
      attach: (call, policyArn) => attachGroupPolicy(call, { groupName, policyArn }),
      put: (call, policy) => putGroupPolicy(call, { groupName, ...policy }),
    })
  }
  noteSurplus(planning, 'group', wanted, present)
}

export function planUsers(planning: Planning, wanted: readonly UserDetails[], present: readonly UserDetails[]): void {
  const known = byName(present)
  for (const user of wanted) {
    const { name: userName, path, tags } = user
    const found = known.get(userName.toLowerCase())
    const subject = subjectOf(
      planning,
      'user',
      userName,
      userArn({ accountId: planning.accountId, path, name: userName }),
    )
    const boundary = boundaryHere(subject, user)
    if (boundary === undefined) continue
    if (found === undefined) {
      const given = { userName, path, tags, permissionsBoundary: boundary }
      make(subject, 'iam:CreateUser', (call) => createUser(call, given))
    } else {
      if (found.path !== path)
        step(subject, `moves to ${path}`, 'iam:UpdateUser', (call) => updateUser(call, { userName, newPath: path }))
      planTags(subject, user, found, 'iam:TagUser', (call) => tagUser(call, { userName, tags }))
      planBoundary(subject, boundary, found, 'iam:PutUserPermissionsBoundary', (call, permissionsBoundary) =>
        putUserPermissionsBoundary(call, { userName, permissionsBoundary }),
      )
    }
    planPoliciesOf(subject, 'User', user, found, {
      attach: (call, policyArn) => attachUserPolicy(call, { userName, policyArn }),
      put: (call, policy) => putUserPolicy(call, { userName, ...policy }),
    })
    const memberOf = new Set(found?.groups.map((name) => name.toLowerCase()))
    for (const groupName of user.groups.filter((name) => !memberOf.has(name.toLowerCase())))
      step(subject, `joins the group ${groupName}`, 'iam:AddUserToGroup', (call) =>
        addUserToGroup(call, { userName, groupName }),
      )
  }
  noteSurplus(planning, 'user', wanted, present)
}

/** Roles may trust each other, so that all are there before any of them gets its trust policy. */
export function planRoles(planning: Planning, all: readonly RoleDetails[], present: readonly RoleDetails[]): void {
  const wanted = all.filter((role) => !isServiceLinked(role))
  const known = byName(present)
  for (const role of all.filter(isServiceLinked)) planServiceLinked(planning, role, known.get(role.name.toLowerCase()))
  const subjects = wanted.flatMap((role) => {
    const { name: roleName, path, tags } = role
    const found = known.get(roleName.toLowerCase())
    const arn = roleArn({ accountId: planning.accountId, path: found?.path ?? path, name: roleName })
    const subject = subjectOf(planning, 'role', roleName, arn)
    const boundary = boundaryHere(subject, role)
    if (boundary === undefined) return []
    if (found === undefined) {
      const given = { roleName, path, tags, permissionsBoundary: boundary, assumeRolePolicyDocument: TRUSTS_NOBODY }
      make(subject, 'iam:CreateRole', (call) => createRole(call, given))
    } else {
      if (found.path !== path)
        planning.differences.push({ subject: subject.subject, what: `has the path ${found.path}, in the file ${path}` })
      planTags(subject, role, found, 'iam:TagRole', (call) => tagRole(call, { roleName, tags }))
      planBoundary(subject, boundary, found, 'iam:PutRolePermissionsBoundary', (call, permissionsBoundary) =>
        putRolePermissionsBoundary(call, { roleName, permissionsBoundary }),
      )
    }
    return [{ subject, role, found }]
  })
  for (const { subject, role, found } of subjects) planRest(subject, role, found)
  noteSurplus(planning, 'role', all, present)
}

/** Of the company's own services: what belongs to a service of AWS is of no use where that service is not. */
function planServiceLinked(planning: Planning, role: RoleDetails, found: RoleDetails | undefined): void {
  const { name: roleName, path, tags } = role
  const awsServiceName = path.slice(SERVICE_LINKED_PATH.length, -1)
  const arn = roleArn({ accountId: planning.accountId, path, name: roleName })
  const subject = subjectOf(planning, 'role', roleName, arn)
  const { name: plain } = serviceLinkedName(awsServiceName)
  const customSuffix = roleName === plain ? null : roleName.slice(plain.length + 1)
  if (awsServiceName.endsWith('.amazonaws.com')) differ(subject, 'belongs to a service of AWS and is left out')
  else if (serviceLinkedName(awsServiceName, customSuffix).name !== roleName)
    differ(subject, `is left out: the role of ${awsServiceName} is called ${plain} here`)
  else {
    if (found === undefined)
      make(subject, 'iam:CreateServiceLinkedRole', (call) =>
        createServiceLinkedRole(call, { awsServiceName, customSuffix }),
      )
    planTags(subject, role, found ?? { tags: [] }, 'iam:TagRole', (call) => tagRole(call, { roleName, tags }))
  }
}

const TRUSTS_NOBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }],
})

function planRest(subject: Subject, role: RoleDetails, found: RoleDetails | undefined): void {
  const { name: roleName, trust: policyDocument } = role
  if (found === undefined || meaningOf(found.trust) !== meaningOf(policyDocument))
    step(subject, 'gets its trust policy', 'iam:UpdateAssumeRolePolicy', (call) =>
      updateAssumeRolePolicy(call, { roleName, policyDocument }),
    )
  planPoliciesOf(subject, 'Role', role, found, {
    attach: (call, policyArn) => attachRolePolicy(call, { roleName, policyArn }),
    put: (call, policy) => putRolePolicy(call, { roleName, ...policy }),
  })
  const within = byName(found?.profiles ?? [])
  const { accountId } = subject.planning
  for (const { name: instanceProfileName, path } of role.profiles.filter(
    ({ name }) => !within.has(name.toLowerCase()),
  )) {
    const resource = instanceProfileArn({ accountId, path, name: instanceProfileName })
    const profile = { ...subject, subject: `instance profile ${instanceProfileName}`, resource }
    if (!subject.planning.profiles.has(instanceProfileName.toLowerCase()))
      make(profile, 'iam:CreateInstanceProfile', (call) => createInstanceProfile(call, { instanceProfileName, path }))
    step(profile, `gets the role ${roleName}`, 'iam:AddRoleToInstanceProfile', (call) =>
      addRoleToInstanceProfile(call, { instanceProfileName, roleName }),
    )
  }
}

interface PolicyWriters {
  readonly attach: (call: Parameters<Step['run']>[0], policyArn: string) => Promise<unknown>
  readonly put: (
    call: Parameters<Step['run']>[0],
    policy: { readonly policyName: string; readonly policyDocument: string },
  ) => Promise<unknown>
}

function planPoliciesOf(
  subject: Subject,
  kind: 'User' | 'Group' | 'Role',
  holder: HolderDetails,
  found: HolderDetails | undefined,
  { attach, put }: PolicyWriters,
): void {
  const attached = new Set(found?.attached)
  for (const arn of holder.attached) {
    const policyArn = subject.planning.policyHere(arn)
    if (policyArn === null) unknownPolicy(subject, arn)
    else if (!attached.has(policyArn))
      step(subject, `gets ${policyArn}`, `iam:Attach${kind}Policy`, (call) => attach(call, policyArn))
  }
  const inline = byName(found?.inline ?? [])
  for (const { name: policyName, document: policyDocument } of holder.inline) {
    const before = inline.get(policyName.toLowerCase())
    if (before !== undefined && meaningOf(before.document) === meaningOf(policyDocument)) continue
    step(subject, `gets the inline policy ${policyName}`, `iam:Put${kind}Policy`, (call) =>
      put(call, { policyName, policyDocument }),
    )
  }
  const wanted = new Set(holder.attached.map(subject.planning.policyHere))
  const surplus = [
    ...(found?.attached ?? []).filter((arn) => !wanted.has(arn)),
    ...[...inline.values()]
      .filter(({ name }) => !byName(holder.inline).has(name.toLowerCase()))
      .map(({ name }) => name),
  ]
  for (const name of surplus) differ(subject, `has ${name}, which the file does not say`)
}

function planTags(
  subject: Subject,
  { tags }: UserDetails | RoleDetails,
  found: Pick<RoleDetails, 'tags'>,
  action: string,
  run: Step['run'],
): void {
  const values = new Map(found.tags.map(({ key, value }) => [key.toLowerCase(), value]))
  if (tags.some(({ key, value }) => values.get(key.toLowerCase()) !== value))
    step(subject, 'gets its tags', action, run)
}

function planBoundary(
  subject: Subject,
  boundary: string | null,
  found: UserDetails | RoleDetails,
  action: string,
  put: (call: Parameters<Step['run']>[0], arn: string) => Promise<unknown>,
): void {
  if (boundary === found.boundary) return
  // To take a boundary away would widen what somebody may do.
  if (boundary === null) differ(subject, `has the permissions boundary ${found.boundary}, which the file does not say`)
  else step(subject, `gets the permissions boundary ${boundary}`, action, (call) => put(call, boundary))
}

/** Undefined when the boundary is lacking: without it the holder could do what it never could, so nothing is done about it. */
function boundaryHere(subject: Subject, { boundary }: UserDetails | RoleDetails): string | null | undefined {
  if (boundary === null) return null
  const here = subject.planning.policyHere(boundary)
  if (here === null)
    differ(subject, `is left out: its permissions boundary ${boundary} is neither in the file nor here`)
  return here ?? undefined
}

function unknownPolicy(subject: Subject, arn: string): void {
  differ(subject, `has ${arn} in the file, which is neither there nor here`)
}

function subjectOf(planning: Planning, noun: string, name: string, resource: string): Subject {
  return { planning, subject: `${noun} ${name}`, resource }
}

function make(subject: Subject, action: string, run: Step['run']): void {
  add(subject, { change: 'is made', makes: true, action, run })
}

function step(subject: Subject, change: string, action: string, run: Step['run']): void {
  add(subject, { change, makes: false, action, run })
}

function add({ planning, subject, resource }: Subject, step: Omit<Step, 'subject' | 'resource'>): void {
  planning.steps.push({ subject, resource, ...step })
}

function differ({ planning, subject }: Subject, what: string): void {
  planning.differences.push({ subject, what })
}
