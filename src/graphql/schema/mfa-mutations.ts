import { requestTags, tagKeys } from '../../access/context.ts'
import { mfaDevice, newMfaDevice, user } from '../../access/declaration.ts'
import { mfaArn } from '../../authn/arn.ts'
import { qrCodePng } from '../../authn/mfa/index.ts'
import { createVirtualMfaDevice } from '../../iam/mfa/create-virtual-mfa-device.ts'
import { enableMfaDevice, resyncMfaDevice } from '../../iam/mfa/enable-mfa-device.ts'
import { createRecoveryCodes } from '../../iam/mfa/recovery-codes.ts'
import { deactivateMfaDevice, deleteVirtualMfaDevice } from '../../iam/mfa/release-mfa-device.ts'
import { tagMfaDevice, untagMfaDevice } from '../../iam/mfa/tag-mfa-device.ts'
import { builder } from '../builder.ts'
import { MfaDevice } from './mfa-device.ts'
import { TagInput } from './tag.ts'

const CreateVirtualMfaDeviceInput = builder.inputType('CreateVirtualMfaDeviceInput', {
  fields: (t) => ({
    virtualMfaDeviceName: t.string({ required: true }),
    path: t.string(),
    tags: t.field({ type: [TagInput] }),
  }),
})

interface CreatedDevice {
  mfaDevice: { id: string }
  base32StringSeed: string
  otpauthUri: string
}

const CreateVirtualMfaDevicePayload = builder.objectRef<CreatedDevice>('CreateVirtualMfaDevicePayload').implement({
  description: 'The seed is shown this once, in three forms.',
  fields: (t) => ({
    mfaDevice: t.prismaField({
      type: MfaDevice,
      access: 'parent',
      resolve: (query, { mfaDevice: { id } }, _args, { db, principal }) =>
        db.mfaDevice.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
    }),
    base32StringSeed: t.exposeString('base32StringSeed'),
    otpauthUri: t.exposeString('otpauthUri'),
    // Drawing it takes longer than making the device, so only for who asks.
    qrCodePng: t.string({
      description: 'PNG in base64.',
      resolve: ({ otpauthUri }) => qrCodePng(otpauthUri),
    }),
  }),
})

builder.mutationField('createVirtualMfaDevice', (t) =>
  t.field({
    type: CreateVirtualMfaDevicePayload,
    nullable: true,
    description: 'The device does nothing until it is enabled for a user with two codes.',
    args: { input: t.arg({ type: CreateVirtualMfaDeviceInput, required: true }) },
    access: [
      {
        action: 'iam:CreateVirtualMFADevice',
        resource: (_parent, { input }) => newMfaDevice({ name: input.virtualMfaDeviceName, path: input.path }),
        keys: ({ input }) => requestTags(input.tags),
      },
      {
        action: 'iam:TagMFADevice',
        resource: (_parent, { input }) => newMfaDevice({ name: input.virtualMfaDeviceName, path: input.path }),
        when: (_parent, { input }) => (input.tags?.length ?? 0) > 0,
        keys: ({ input }) => requestTags(input.tags),
      },
    ],
    resolve: (_parent, { input }, { call }) => createVirtualMfaDevice(call, input),
  }),
)

/** A device that was changed; it is read again, with just what the client asked for. */
function devicePayload(name: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    fields: (t) => ({
      mfaDevice: t.prismaField({
        type: MfaDevice,
        access: 'parent',
        resolve: (query, { id }, _args, { db, principal }) =>
          db.mfaDevice.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
      }),
    }),
  })
}

type InputFields = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]['fields']>>[0]

const codesFields = (t: InputFields) => ({
  userName: t.string({ description: 'The caller when omitted; root, which has no name, omits it.' }),
  serialNumber: t.string({ required: true }),
  authenticationCode1: t.string({ required: true }),
  authenticationCode2: t.string({ required: true, description: 'The code right after the first.' }),
})

const EnableMfaDeviceInput = builder.inputType('EnableMfaDeviceInput', {
  fields: (t) => ({
    ...codesFields(t),
    recoveryCodes: t.boolean({ description: 'False when the recovery codes of a first device are not wanted.' }),
  }),
})

const ResyncMfaDeviceInput = builder.inputType('ResyncMfaDeviceInput', { fields: codesFields })

const EnableMfaDevicePayload = builder
  .objectRef<{ id: string; recoveryCodes: readonly string[] | null }>('EnableMfaDevicePayload')
  .implement({
    fields: (t) => ({
      mfaDevice: t.prismaField({
        type: MfaDevice,
        access: 'parent',
        resolve: (query, { id }, _args, { db, principal }) =>
          db.mfaDevice.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
      }),
      recoveryCodes: t.stringList({
        nullable: true,
        description:
          "Ten codes, shown this once, each of which `signIn` and `authenticateMfa` take in place of a device's. Null unless it is the first device that callers enable for themselves.",
        resolve: ({ recoveryCodes }) => recoveryCodes,
      }),
    }),
  })

builder.mutationField('enableMfaDevice', (t) =>
  t.field({
    type: EnableMfaDevicePayload,
    nullable: true,
    description: 'Gives a device to a user. Two consecutive codes prove that the user holds it; neither works again.',
    args: { input: t.arg({ type: EnableMfaDeviceInput, required: true }) },
    access: { action: 'iam:EnableMFADevice', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => enableMfaDevice(call, input),
  }),
)

builder.mutationField('resyncMfaDevice', (t) =>
  t.field({
    type: devicePayload('ResyncMfaDevicePayload'),
    nullable: true,
    description: "Learns anew how far the device's clock is off.",
    args: { input: t.arg({ type: ResyncMfaDeviceInput, required: true }) },
    access: { action: 'iam:ResyncMFADevice', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => resyncMfaDevice(call, input),
  }),
)

const CreateRecoveryCodesPayload = builder
  .objectRef<{ recoveryCodes: readonly string[] }>('CreateRecoveryCodesPayload')
  .implement({
    fields: (t) => ({
      recoveryCodes: t.stringList({ description: 'Shown this once.', resolve: ({ recoveryCodes }) => recoveryCodes }),
    }),
  })

builder.mutationField('createRecoveryCodes', (t) =>
  t.field({
    type: CreateRecoveryCodesPayload,
    nullable: true,
    description:
      'Ten new recovery codes for the caller, who has an MFA device and proved it in this session. Those of before end.',
    access: { action: 'latchkey:CreateRecoveryCodes', resource: () => user(null) },
    resolve: async (_parent, _args, { call }) => ({ recoveryCodes: await createRecoveryCodes(call) }),
  }),
)

const DeactivateMfaDeviceInput = builder.inputType('DeactivateMfaDeviceInput', {
  fields: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    serialNumber: t.string({ required: true }),
  }),
})

builder.mutationField('deactivateMfaDevice', (t) =>
  t.field({
    type: devicePayload('DeactivateMfaDevicePayload'),
    nullable: true,
    description:
      'Takes a device away from its user; the device itself stays. With the last one the recovery codes end.',
    args: { input: t.arg({ type: DeactivateMfaDeviceInput, required: true }) },
    access: { action: 'iam:DeactivateMFADevice', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => deactivateMfaDevice(call, input),
  }),
)

const DeleteVirtualMfaDeviceInput = builder.inputType('DeleteVirtualMfaDeviceInput', {
  fields: (t) => ({ serialNumber: t.string({ required: true }) }),
})

const DeleteVirtualMfaDevicePayload = builder
  .objectRef<{ accountId: string; path: string; name: string }>('DeleteVirtualMfaDevicePayload')
  .implement({
    fields: (t) => ({ deletedSerialNumber: t.field({ type: 'ARN', resolve: (device) => mfaArn(device) }) }),
  })

builder.mutationField('deleteVirtualMfaDevice', (t) =>
  t.field({
    type: DeleteVirtualMfaDevicePayload,
    nullable: true,
    description: 'Refused with DeleteConflict while somebody uses the device.',
    args: { input: t.arg({ type: DeleteVirtualMfaDeviceInput, required: true }) },
    access: { action: 'iam:DeleteVirtualMFADevice', resource: (_parent, { input }) => mfaDevice(input.serialNumber) },
    resolve: (_parent, { input }, { call }) => deleteVirtualMfaDevice(call, input),
  }),
)

const TagMfaDeviceInput = builder.inputType('TagMfaDeviceInput', {
  fields: (t) => ({
    serialNumber: t.string({ required: true }),
    tags: t.field({ type: [TagInput], required: true }),
  }),
})

builder.mutationField('tagMfaDevice', (t) =>
  t.field({
    type: devicePayload('TagMfaDevicePayload'),
    nullable: true,
    description: 'Adds tags or replaces their values. Keys that differ in case are two.',
    args: { input: t.arg({ type: TagMfaDeviceInput, required: true }) },
    access: {
      action: 'iam:TagMFADevice',
      resource: (_parent, { input }) => mfaDevice(input.serialNumber),
      keys: ({ input }) => requestTags(input.tags),
    },
    resolve: (_parent, { input }, { call }) => tagMfaDevice(call, input),
  }),
)

const UntagMfaDeviceInput = builder.inputType('UntagMfaDeviceInput', {
  fields: (t) => ({
    serialNumber: t.string({ required: true }),
    tagKeys: t.stringList({ required: true }),
  }),
})

builder.mutationField('untagMfaDevice', (t) =>
  t.field({
    type: devicePayload('UntagMfaDevicePayload'),
    nullable: true,
    description: 'Removes tags; keys that the device does not have are ignored.',
    args: { input: t.arg({ type: UntagMfaDeviceInput, required: true }) },
    access: {
      action: 'iam:UntagMFADevice',
      resource: (_parent, { input }) => mfaDevice(input.serialNumber),
      keys: ({ input }) => tagKeys(input.tagKeys),
    },
    resolve: (_parent, { input }, { call }) => untagMfaDevice(call, input),
  }),
)
