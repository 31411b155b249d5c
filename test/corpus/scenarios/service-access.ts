import { policyOf } from '../../support/installation.ts'
import type { Play, Stage } from '../stage.ts'

/** A user with a group and a role, a policy that two of them have, and something done with it. */
async function furnish({ as, root, arn, nobody }: Stage): Promise<void> {
  const given = as(root)
  await given.call('CreateUser', { UserName: 'Ann', Path: '/staff/' })
  await given.call('CreateGroup', { GroupName: 'Crew' })
  await given.call('AddUserToGroup', { GroupName: 'Crew', UserName: 'Ann' })
  await given.call('AddUserToGroup', { GroupName: 'Crew', UserName: nobody.name })
  await given.call('CreatePolicy', {
    PolicyName: 'Look',
    PolicyDocument: JSON.stringify(policyOf([{ action: ['billing:Get*', 'iam:ListU*'] }])),
  })
  await given.call('AttachGroupPolicy', { GroupName: 'Crew', PolicyArn: arn('policy/Look') })
  await given.call('PutUserPolicy', {
    UserName: 'Ann',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify(policyOf([{ action: ['sts:AssumeRole'] }])),
  })
  await as(nobody).call('ListUsers')
}

export const serviceAccessByGraphql: Play = async (stage) => {
  const { ask, as, root, arn, clock } = stage
  await furnish(stage)
  const ofUser = await ask('generateServiceLastAccessedDetails', { arn: arn('user/staff/Ann') })
  const ofGroup = await ask('generateServiceLastAccessedDetails', {
    arn: arn('group/Crew'),
    granularity: 'ACTION_LEVEL',
  })
  await ask('generateServiceLastAccessedDetails', { arn: arn('policy/None') })
  await ask('generateServiceLastAccessedDetails', { arn: arn('mfa/phone') })
  const jobId = ofGroup.text('jobId')
  await ask('serviceLastAccessedDetails', { jobId: ofUser.text('jobId') }, { deep: 5 })
  await ask('serviceLastAccessedDetails', { jobId }, { deep: 5 })
  await as(root).ask('serviceLastAccessedDetails', { jobId })
  await ask('serviceLastAccessedDetailsWithEntities', { jobId, serviceNamespace: 'iam' }, { deep: 4 })
  await ask('serviceLastAccessedDetailsWithEntities', { jobId, serviceNamespace: 'none' }, { deep: 4 })
  await ask('policiesGrantingServiceAccess', { arn: arn('user/staff/Ann'), serviceNamespaces: ['iam', 'sts', 's3'] })
  await ask('policiesGrantingServiceAccess', { arn: arn('policy/Look'), serviceNamespaces: ['iam'] })
  clock.advance(25 * 3_600_000)
  await ask('serviceLastAccessedDetails', { jobId })
}

export const serviceAccessByAws: Play = async (stage) => {
  const { call, as, root, arn } = stage
  await furnish(stage)
  const ofUser = await call('GenerateServiceLastAccessedDetails', { Arn: arn('user/staff/Ann') })
  const ofGroup = await call('GenerateServiceLastAccessedDetails', {
    Arn: arn('group/Crew'),
    Granularity: 'ACTION_LEVEL',
  })
  await call('GenerateServiceLastAccessedDetails', { Arn: arn('user/None') })
  const JobId = ofGroup.text('JobId')
  await call('GetServiceLastAccessedDetails', { JobId: ofUser.text('JobId') })
  await call('GetServiceLastAccessedDetails', { JobId })
  const page = await call('GetServiceLastAccessedDetails', { JobId, MaxItems: '1' })
  await call('GetServiceLastAccessedDetails', { JobId, MaxItems: '1', Marker: page.text('Marker') })
  await as(root).call('GetServiceLastAccessedDetails', { JobId })
  await call('GetServiceLastAccessedDetailsWithEntities', { JobId, ServiceNamespace: 'iam' })
  await call('GetServiceLastAccessedDetailsWithEntities', { JobId, ServiceNamespace: 'none' })
  await call('ListPoliciesGrantingServiceAccess', {
    Arn: arn('user/staff/Ann'),
    ServiceNamespaces: ['iam', 'sts', 's3'],
  })
}
