import { type Play, trustIn } from '../stage.ts'

const BILLING = 'billing.example.com'
const ROLE = 'AWSServiceRoleForBilling'

export const serviceLinkedRolesByGraphql: Play = async ({ ask, account }) => {
  await ask('createServiceLinkedRole', { awsServiceName: BILLING, description: 'Reads invoices' })
  await ask('createServiceLinkedRole', { awsServiceName: BILLING })
  await ask('createServiceLinkedRole', { awsServiceName: 'Billing.example.com' })
  await ask('createServiceLinkedRole', { awsServiceName: BILLING, customSuffix: 'x'.repeat(64) })
  await ask('createRole', {
    roleName: 'AWSServiceRoleForOther',
    path: '/aws-service-role/other.example.com/',
    assumeRolePolicyDocument: trustIn(account.accountId),
  })
  await ask('updateRoleDescription', { roleName: ROLE, description: 'Reads and files invoices' })
  await ask('updateRole', { roleName: ROLE, maxSessionDuration: 7200 })
  await ask('deleteRole', { roleName: ROLE })
  await ask('createInstanceProfile', { instanceProfileName: 'Machine' })
  await ask('addRoleToInstanceProfile', { instanceProfileName: 'Machine', roleName: ROLE })
  const failed = await ask('deleteServiceLinkedRole', { roleName: ROLE })
  await ask('serviceLinkedRoleDeletion', { deletionTaskId: failed.text('deletionTaskId') })
  await ask('removeRoleFromInstanceProfile', { instanceProfileName: 'Machine', roleName: ROLE })
  const done = await ask('deleteServiceLinkedRole', { roleName: ROLE })
  await ask('serviceLinkedRoleDeletion', { deletionTaskId: done.text('deletionTaskId') })
  await ask('serviceLinkedRoleDeletion', { deletionTaskId: 'task/none' })
  await ask('deleteServiceLinkedRole', { roleName: ROLE })
}

export const serviceLinkedRolesByAws: Play = async ({ call }) => {
  await call('CreateServiceLinkedRole', { AWSServiceName: BILLING, Description: 'Reads invoices' })
  await call('CreateServiceLinkedRole', { AWSServiceName: BILLING })
  await call('CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix: 'two' })
  await call('AttachRolePolicy', { RoleName: ROLE, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  await call('PutRolePermissionsBoundary', {
    RoleName: ROLE,
    PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  })
  await call('CreateInstanceProfile', { InstanceProfileName: 'Machine' })
  await call('AddRoleToInstanceProfile', { InstanceProfileName: 'Machine', RoleName: ROLE })
  const failed = await call('DeleteServiceLinkedRole', { RoleName: ROLE })
  await call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: failed.text('DeletionTaskId') })
  await call('RemoveRoleFromInstanceProfile', { InstanceProfileName: 'Machine', RoleName: ROLE })
  const done = await call('DeleteServiceLinkedRole', { RoleName: ROLE })
  await call('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId: done.text('DeletionTaskId') })
  await call('GetServiceLinkedRoleDeletionStatus', {
    DeletionTaskId: `task/aws-service-role/${BILLING}/${ROLE}/018f0000-0000-7000-8000-000000000000`,
  })
}
