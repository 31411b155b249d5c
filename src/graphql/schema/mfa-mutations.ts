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
  description: 'Creates a virtual MFA device that belongs to no user yet. `enableMfaDevice` gives it to a user.',
  input: (t) => ({
    path: t.string(),
    virtualMfaDeviceName: t.string({
      required: true,
      description:
        'Name of the new device, the last part of its serial number: 1 to 226 letters, digits and `+=,.@_-`.',
    }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:CreateVirtualMFADevice', on: toCome, keys: tagsAsked },
    { action: 'iam:TagMFADevice', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run: createVirtualMfaDevice,
  answerDescription: 'The new device and its seed, in three forms. This is the only time that the seed is shown.',
  answer: (t) => ({
    mfaDevice: changedMfaDevice(t, (row) => row.mfaDevice.id),
    base32StringSeed: t.exposeString('base32StringSeed', {
      description: 'The seed in Base32, for typing into an authenticator app.',
    }),
    otpauthUri: t.exposeString('otpauthUri', {
      description: 'The seed as an `otpauth://totp/…` address, which authenticator apps open.',
    }),
    // Drawing it takes longer than making the device, so only for who asks.
    qrCodePng: t.string({
      description: 'The `otpauthUri` as a QR code: a PNG image in Base64.',
      resolve: ({ otpauthUri }) => qrCodePng(otpauthUri),
    }),
  }),
})

const codes = (t: InputFields) => ({
  userName: t.string({
    description:
      'Name of the IAM user whose device it is. Left out or null: the caller. The root user has no name and leaves it out.',
  }),
  serialNumber: serialNumber(t),
  authenticationCode1: t.string({ required: true }),
  authenticationCode2: t.string({ required: true }),
})

mutation('enableMfaDevice', {
  description:
    'Enables a virtual MFA device for a user. Two consecutive codes prove that the user holds the device; neither of them is accepted again.',
  input: (t) => ({
    ...codes(t),
    recoveryCodes: t.boolean({
      description:
        'False: create no recovery codes. Left out, null or true: a caller who enables a first device of their own gets ten recovery codes.',
    }),
  }),
  beyondAws: ['recoveryCodes'],
  needs: { action: 'iam:EnableMFADevice', on: holder },
  run: enableMfaDevice,
  answer: (t) => ({
    mfaDevice: changedMfaDevice(t, ({ id }) => id),
    recoveryCodes: t.stringList({
      nullable: true,
      description:
        'Ten recovery codes. `signIn` and `authenticateMfa` accept each of them once in place of the code of a device. This is the only time that they are shown. Null unless callers enable a first device of their own.',
      resolve: ({ recoveryCodes }) => recoveryCodes,
    }),
  }),
})

mutation('resyncMfaDevice', {
  description: 'Corrects how far the clock of a device is off, from two consecutive codes that it shows.',
  input: codes,
  needs: { action: 'iam:ResyncMFADevice', on: holder },
  run: resyncMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})

mutation('createRecoveryCodes', {
  description:
    'Creates ten new recovery codes for the caller; the former ones are no longer accepted. The caller needs an MFA device and a session with MFA.',
  needs: { action: 'latchkey:CreateRecoveryCodes', on: () => user(null) },
  run: async (call) => ({ recoveryCodes: await createRecoveryCodes(call) }),
  answer: (t) => ({
    recoveryCodes: t.stringList({
      description: 'The new codes. This is the only time that they are shown.',
      resolve: ({ recoveryCodes }) => recoveryCodes,
    }),
  }),
})

mutation('deactivateMfaDevice', {
  description:
    'Takes an MFA device from its user; the device itself stays and can be deleted. Without any device the recovery codes of the user are deleted, too.',
  input: (t) => ({
    userName: t.string({ description: 'Name of the IAM user whose device it is. Left out or null: the caller.' }),
    serialNumber: serialNumber(t),
  }),
  needs: { action: 'iam:DeactivateMFADevice', on: holder },
  run: deactivateMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})

mutation('deleteVirtualMfaDevice', {
  description: 'Deletes a virtual MFA device. Refused with DeleteConflict while it is enabled for a user.',
  input: (t) => ({ serialNumber: serialNumber(t) }),
  needs: { action: 'iam:DeleteVirtualMFADevice', on: existing },
  run: deleteVirtualMfaDevice,
  answer: (t) => ({
    deletedSerialNumber: t.field({
      type: 'ARN',
      description: 'The serial number of the deleted device, which was its ARN.',
      resolve: (device) => mfaArn(device),
    }),
  }),
})

mutation('tagMfaDevice', {
  description:
    'Adds tags to a virtual MFA device, or replaces the values of tags that it has. Keys that differ in upper and lower case are different tags.',
  input: (t) => ({ serialNumber: serialNumber(t), tags: tags(t) }),
  needs: { action: 'iam:TagMFADevice', on: existing, keys: tagsAsked },
  run: tagMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})

mutation('untagMfaDevice', {
  description: 'Removes tags of a virtual MFA device.',
  input: (t) => ({ serialNumber: serialNumber(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagMFADevice', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagMfaDevice,
  answer: (t) => ({ mfaDevice: changedMfaDevice(t, ({ id }) => id) }),
})
