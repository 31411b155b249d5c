import type { Play } from '../stage.ts'

const GIT = 'codecommit.amazonaws.com'
const UNKNOWN = 'ACCA222222222222222AB'

export const serviceCredentialsByGraphql: Play = async ({ ask, as, root, clock }) => {
  await as(root).ask('createUser', { userName: 'Jane' }, { select: '{ user { id } }' })
  const made = await ask('createServiceSpecificCredential', { userName: 'Jane', serviceName: GIT })
  const named = {
    userName: 'Jane',
    serviceSpecificCredentialId: made.text('serviceSpecificCredential.serviceSpecificCredentialId'),
  }
  await ask('createServiceSpecificCredential', { userName: 'Jane', serviceName: GIT })
  await ask('createServiceSpecificCredential', { userName: 'Jane', serviceName: GIT })
  await ask('createServiceSpecificCredential', {
    userName: 'Jane',
    serviceName: 'bedrock.amazonaws.com',
    credentialAgeDays: 1,
  })
  await ask('createServiceSpecificCredential', { userName: 'Jane', serviceName: GIT, credentialAgeDays: 1 })
  await ask('createServiceSpecificCredential', { userName: 'Jane', serviceName: 's3.amazonaws.com' })
  await ask('createServiceSpecificCredential', { userName: 'Nobody-there', serviceName: GIT })
  await ask('updateServiceSpecificCredential', { ...named, status: 'INACTIVE' })
  await ask('updateServiceSpecificCredential', { ...named, status: 'EXPIRED' })
  await ask('resetServiceSpecificCredential', named)
  await ask('resetServiceSpecificCredential', { ...named, userName: 'Admin' })
  await ask('serviceSpecificCredentials', { userName: 'Jane', serviceName: GIT }, { deep: 3 })
  clock.advance(24 * 60 * 60 * 1000)
  await ask('serviceSpecificCredentials', { allUsers: true, serviceName: 'bedrock.amazonaws.com' }, { deep: 3 })
  await ask('serviceSpecificCredentials', { allUsers: true, userName: 'Jane' })
  await ask('serviceSpecificCredentials', {})
  await ask('deleteUser', { userName: 'Jane' })
  await ask('deleteServiceSpecificCredential', named)
  await ask('deleteServiceSpecificCredential', named)
}

export const serviceCredentialsByAws: Play = async ({ call, as, root, clock }) => {
  await as(root).call('CreateUser', { UserName: 'Jane' })
  const made = await call('CreateServiceSpecificCredential', { UserName: 'Jane', ServiceName: GIT })
  const named = { UserName: 'Jane', ServiceSpecificCredentialId: made.text('ServiceSpecificCredentialId') }
  await call('CreateServiceSpecificCredential', { UserName: 'Jane', ServiceName: GIT })
  await call('CreateServiceSpecificCredential', { UserName: 'Jane', ServiceName: GIT })
  await call('CreateServiceSpecificCredential', {
    UserName: 'Jane',
    ServiceName: 'bedrock.amazonaws.com',
    CredentialAgeDays: '1',
  })
  await call('CreateServiceSpecificCredential', { UserName: 'Jane', ServiceName: 's3.amazonaws.com' })
  await call('UpdateServiceSpecificCredential', { ...named, Status: 'Inactive' })
  await call('UpdateServiceSpecificCredential', { ...named, Status: 'Expired' })
  await call('ResetServiceSpecificCredential', named)
  await call('ResetServiceSpecificCredential', { ...named, ServiceSpecificCredentialId: UNKNOWN })
  await call('ListServiceSpecificCredentials', { UserName: 'Jane', ServiceName: GIT, MaxItems: '10' })
  clock.advance(24 * 60 * 60 * 1000)
  await call('ListServiceSpecificCredentials', { AllUsers: 'true', ServiceName: 'bedrock.amazonaws.com' })
  await call('ListServiceSpecificCredentials', { AllUsers: 'true', UserName: 'Jane' })
  await call('ListServiceSpecificCredentials')
  await call('DeleteUser', { UserName: 'Jane' })
  await call('DeleteServiceSpecificCredential', named)
  await call('DeleteServiceSpecificCredential', named)
}
