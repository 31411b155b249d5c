import { totp } from '../../support/signing-in.ts'
import { PASSWORD } from '../../support/world.ts'
import type { Play, Stage } from '../stage.ts'

/** Codes of a device, which a recording calls codes. */
function codesOf({ clock, standIns }: Stage, seed: string) {
  return (steps = 0): string => {
    const code = totp(seed, clock(), steps)
    standIns.call('code', code)
    return code
  }
}

const MINUTE = 60_000

export const mfaDevicesByGraphql: Play = async (stage) => {
  const { ask, as, anonymous, user, account, clock } = stage
  const self = await user('Self', [{ action: '*' }], { password: true })
  const signIn = { account: account.accountId, userName: 'Self', password: PASSWORD }
  const plain = await as(anonymous).ask('signIn', signIn)
  const bearer = { name: 'the session of Self', accessToken: plain.text('accessToken') }

  const made = await ask('createVirtualMfaDevice', {
    virtualMfaDeviceName: 'Phone',
    path: '/phones/',
    tags: [{ key: 'Team', value: 'red' }],
  })
  await ask('createVirtualMfaDevice', { virtualMfaDeviceName: 'phone', path: '/phones/' })
  await ask('createVirtualMfaDevice', { virtualMfaDeviceName: 'no good' })
  await ask('createVirtualMfaDevice', { virtualMfaDeviceName: 'Spare' })
  const serialNumber = made.text('mfaDevice.serialNumber')
  const code = codesOf(stage, made.text('base32StringSeed'))
  const device = { userName: 'Self', serialNumber }
  await ask('enableMfaDevice', { ...device, authenticationCode1: '000000', authenticationCode2: '000000' })
  clock.advance(MINUTE)
  await ask('enableMfaDevice', {
    ...device,
    authenticationCode1: code(-1),
    authenticationCode2: code(),
    recoveryCodes: true,
  })
  clock.advance(MINUTE)
  await ask('enableMfaDevice', { ...device, authenticationCode1: code(-1), authenticationCode2: code() })
  await ask('mfaDevice', device)
  await ask('mfaDevice', { serialNumber })
  await ask('mfaDevices', { userName: 'Self' })
  await ask('mfaDevices', {})
  await ask('virtualMfaDevices', {}, { deep: 4 })
  const page = await ask('virtualMfaDevices', { first: 1 })
  await ask('virtualMfaDevices', { first: 1, after: page.text('pageInfo.endCursor') })
  await ask('virtualMfaDevices', { assignmentStatus: 'UNASSIGNED' })
  await ask('tagMfaDevice', { serialNumber, tags: [{ key: 'team', value: 'blue' }] })
  await ask('mfaDeviceTags', { serialNumber })
  await ask('untagMfaDevice', { serialNumber, tagKeys: ['team'] })
  await ask('mfaDeviceTags', { serialNumber: `${serialNumber}x` })

  await ask('createRecoveryCodes', {})
  await as(bearer).ask('createRecoveryCodes', {})
  clock.advance(MINUTE)
  await as(bearer).ask('authenticateMfa', { mfaCode: '000000' })
  await ask('authenticateMfa', { mfaCode: '000000' })
  const stepped = await as(bearer).ask('authenticateMfa', { mfaCode: code() })
  const strong = { name: 'the session of Self with MFA', accessToken: stepped.text('accessToken') }
  await as(strong).ask('viewer', {})
  await as(strong).ask('createRecoveryCodes', {})
  clock.advance(MINUTE)
  await as(anonymous).ask('signIn', { ...signIn, mfaCode: code() })
  await as(anonymous).ask('signIn', { ...signIn, mfaCode: code() })
  clock.advance(MINUTE)
  await as(self).ask('getSessionToken', { serialNumber, tokenCode: code() })
  clock.advance(MINUTE)
  await ask('resyncMfaDevice', { ...device, authenticationCode1: code(), authenticationCode2: code(1) })
  await ask('resyncMfaDevice', { ...device, authenticationCode1: '000000', authenticationCode2: '111111' })
  await ask('deleteVirtualMfaDevice', { serialNumber })
  await ask('deactivateMfaDevice', device)
  await ask('deactivateMfaDevice', device)
  await ask('deleteVirtualMfaDevice', { serialNumber })
  await ask('deleteVirtualMfaDevice', { serialNumber })
}

export const mfaDevicesByAws: Play = async (stage) => {
  const { call, as, root, clock } = stage
  await as(root).call('CreateUser', { UserName: 'Pat' })
  const Tags = [{ Key: 'Team', Value: 'red' }]
  const made = await call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'Phone', Path: '/phones/', Tags })
  await call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'Spare' })
  await call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'spare' })
  const SerialNumber = made.text('SerialNumber')
  const code = codesOf(stage, Buffer.from(made.text('Base32StringSeed'), 'base64').toString())
  const device = { UserName: 'Pat', SerialNumber }
  await call('EnableMFADevice', { ...device, AuthenticationCode1: '000000', AuthenticationCode2: '000000' })
  clock.advance(MINUTE)
  await call('EnableMFADevice', { ...device, AuthenticationCode1: code(-1), AuthenticationCode2: code() })
  await call('GetMFADevice', device)
  await call('GetMFADevice', { SerialNumber })
  await call('ListMFADevices', { UserName: 'Pat' })
  await call('ListMFADevices')
  await call('ListVirtualMFADevices')
  const page = await call('ListVirtualMFADevices', { MaxItems: '1' })
  await call('ListVirtualMFADevices', { Marker: page.text('Marker') })
  await call('ListVirtualMFADevices', { AssignmentStatus: 'Assigned' })
  await call('TagMFADevice', { SerialNumber, Tags: [{ Key: 'team', Value: 'blue' }] })
  await call('ListMFADeviceTags', { SerialNumber })
  await call('UntagMFADevice', { SerialNumber, TagKeys: ['team'] })
  clock.advance(MINUTE)
  await call('ResyncMFADevice', { ...device, AuthenticationCode1: code(), AuthenticationCode2: code(1) })
  await call('DeleteVirtualMFADevice', { SerialNumber })
  await call('DeactivateMFADevice', device)
  await call('DeactivateMFADevice', device)
  await call('DeleteVirtualMFADevice', { SerialNumber })
}
