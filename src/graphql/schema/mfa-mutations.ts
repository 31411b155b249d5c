import { tagKeys } from '../../access/context.ts'
import { mfaDevice, newMfaDevice, user } from '../../access/declaration.ts'
import { mfaArn } from '../../authn/arn.ts'
import { qrCodePng } from '../../authn/mfa/index.ts'
import { createVirtualMfaDevice } from '../../iam/mfa/create-virtual-mfa-device.ts'
import { enableMfaDevice, resyncMfaDevice } from '../../iam/mfa/enable-mfa-device.ts'
import { createRecoveryCodes } from '../../iam/mfa/recovery-codes.ts'
import { deactivateMfaDevice, deleteVirtualMfaDevice } from '../../iam/mfa/release-mfa-device.ts'
import { tagMfaDevice, untagMfaDevice } from '../../iam/mfa/tag-mfa-device.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedMfaDevice } from './mfa-device.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const serialNumber = (t: InputFields) => t.string({ required: true })
const existing = (input: { readonly serialNumber: string }) => mfaDevice(input.serialNumber)
const toCome = (input: { readonly virtualMfaDeviceName: string; readonly path?: string | null }) =>
  newMfaDevice({ name: input.virtualMfaDeviceName, path: input.path })
const holder = (input: { readonly userName?: string | null }) => user(input.userName)

mutation('createVirtualMfaDevice', {
  description: 'The device does nothing until it is enabled for a user with two codes.',
  input: (t) => ({ path: t.string(), virtualMfaDeviceName: t.string({ required: true }), tags: tagsIfAny(t) }),
  needs: [
    { action: 'iam:CreateVirtualMFADevice', on: toCome, keys: tagsAsked },
    { action: 'iam:TagMFADevice', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createVirtualMfaDevice,
  answerDescription: 'The seed is shown this once, in three forms.',
  answer: (t) => ({
    mfaDevice: changedMfaDevice(t, (row) => row.mfaDevice.id),
    base32StringSeed: t.exposeString('base32StringSeed'),
    otpauthUri: t.exposeString('otpauthUri'),
    // Drawing it takes longer than making the device, so only for who asks.
    qrCodePng: t.string({ description: 'PNG in base64.', resolve: ({ otpauthUri }) => qrCodePng(otpauthUri) }),
  }),
})

const codes = (t: InputFields) => ({
  userName: t.string({ description: 'The caller when omitted; root, which has no name, omits it.' }),
  serialNumber: serialNumber(t),
  authenticationCode1: t.string({ required: true }),
  authenticationCode2: t.string({ required: true, description: 'The code right after the first.' }),
})

mutation('enableMfaDevice', {
  description: 'Gives a device to a user. Two consecutive codes prove that the user holds it; neither works again.',
  input: (t) => ({
    ...codes(t),
    recoveryCodes: t.boolean({ description: 'False when the recovery codes of a first device are not wanted.' }),
  }),
  beyondAws: ['recoveryCodes'],
  needs: { action: 'iam:EnableMFADevice', on: holder },
  run: enableMfaDevice,
  answer: (t) => ({
    mfaDevice: changedMfaDevice(t, ({ id }) => id),
    recoveryCodes: t.stringList({
      nullable: true,
      description:
        "Ten codes, shown this once, each of which `signIn` and `authenticateMfa` take in place of a device's. Null unless it is the first device that callers enable for themselves.",
      resolve: ({ recoveryCodes }) => recoveryCodes,
    }),
  }),
})

mutation('resyncMfaDevice', {
  description: "Learns anew how far the device's clock is off.",
  input: codes,
  needs: { action: 'iam:ResyncMFADevice', on: holder },
  run: resyncMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})

mutation('createRecoveryCodes', {
  description:
    'Ten new recovery codes for the caller, who has an MFA device and proved it in this session. Those of before end.',
  needs: { action: 'latchkey:CreateRecoveryCodes', on: () => user(null) },
  run: async (call) => ({ recoveryCodes: await createRecoveryCodes(call) }),
  answer: (t) => ({
    recoveryCodes: t.stringList({ description: 'Shown this once.', resolve: ({ recoveryCodes }) => recoveryCodes }),
  }),
})

mutation('deactivateMfaDevice', {
  description: 'Takes a device away from its user; the device itself stays. With the last one the recovery codes end.',
  input: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    serialNumber: serialNumber(t),
  }),
  needs: { action: 'iam:DeactivateMFADevice', on: holder },
  run: deactivateMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})

mutation('deleteVirtualMfaDevice', {
  description: 'Refused with DeleteConflict while somebody uses the device.',
  input: (t) => ({ serialNumber: serialNumber(t) }),
  needs: { action: 'iam:DeleteVirtualMFADevice', on: existing },
  run: deleteVirtualMfaDevice,
  answer: (t) => ({ deletedSerialNumber: t.field({ type: 'ARN', resolve: (device) => mfaArn(device) }) }),
})

mutation('tagMfaDevice', {
  description: 'Adds tags or replaces their values. Keys that differ in case are two.',
  input: (t) => ({ serialNumber: serialNumber(t), tags: tags(t) }),
  needs: { action: 'iam:TagMFADevice', on: existing, keys: tagsAsked },
  run: tagMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})

mutation('untagMfaDevice', {
  description: 'Removes tags; keys that the device does not have are ignored.',
  input: (t) => ({ serialNumber: serialNumber(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagMFADevice', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})
