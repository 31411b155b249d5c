import type { Operation } from '../operation.ts'
import { at, blob, type Members, page, placeBy, placeByName, structure, timestamp, wholeList } from '../output.ts'
import { choice, list, required, TAGS, text } from '../parameters.ts'
import { connection, GIVEN_TAGS, TAG, userName } from './common.ts'
import { USER, USER_FIELDS } from './users.ts'

const DEVICE: Members = {
  UserName: at('userName', userName),
  SerialNumber: at('serialNumber'),
  EnableDate: at('enabledAt', timestamp),
}

const SERIAL_NUMBER = { SerialNumber: required(text('serialNumber')) }
const CODES = {
  UserName: text('userName'),
  ...SERIAL_NUMBER,
  AuthenticationCode1: required(text('authenticationCode1')),
  AuthenticationCode2: required(text('authenticationCode2')),
}

export const MFA_DEVICES: readonly Operation[] = [
  {
    name: 'CreateVirtualMFADevice',
    document: `mutation ($input: CreateVirtualMfaDeviceInput!) {
      createVirtualMfaDevice(input: $input) { mfaDevice { serialNumber } base32StringSeed qrCodePng }
    }`,
    parameters: { Path: text('path'), VirtualMFADeviceName: required(text('virtualMfaDeviceName')), Tags: TAGS },
    result: {
      VirtualMFADevice: structure({
        SerialNumber: at('mfaDevice.serialNumber'),
        Base32StringSeed: at('base32StringSeed', blob),
        // The schema has base64 already.
        QRCodePNG: at('qrCodePng'),
        Tags: GIVEN_TAGS,
      }),
    },
  },
  {
    name: 'EnableMFADevice',
    document: 'mutation ($input: EnableMfaDeviceInput!) { enableMfaDevice(input: $input) { __typename } }',
    parameters: CODES,
    // AWS's answer has no place for them: they would be codes that nobody has seen.
    given: { recoveryCodes: false },
  },
  {
    name: 'ResyncMFADevice',
    document: 'mutation ($input: ResyncMfaDeviceInput!) { resyncMfaDevice(input: $input) { __typename } }',
    parameters: CODES,
  },
  {
    name: 'DeactivateMFADevice',
    document: 'mutation ($input: DeactivateMfaDeviceInput!) { deactivateMfaDevice(input: $input) { __typename } }',
    parameters: { UserName: text('userName'), ...SERIAL_NUMBER },
  },
  {
    name: 'DeleteVirtualMFADevice',
    document:
      'mutation ($input: DeleteVirtualMfaDeviceInput!) { deleteVirtualMfaDevice(input: $input) { __typename } }',
    parameters: SERIAL_NUMBER,
  },
  {
    name: 'GetMFADevice',
    document: `query ($serialNumber: String!, $userName: String) {
      mfaDevice(serialNumber: $serialNumber, userName: $userName) { userName serialNumber enabledAt }
    }`,
    parameters: { ...SERIAL_NUMBER, UserName: text('userName') },
    result: { ...DEVICE, Certifications: () => ({}) },
  },
  {
    name: 'ListMFADevices',
    document: 'query ($userName: String) { mfaDevices(userName: $userName) { userName serialNumber enabledAt } }',
    parameters: { UserName: text('userName') },
    paged: true,
    result: wholeList('MFADevices', '', placeByName('serialNumber'), structure(DEVICE)),
  },
  {
    name: 'ListVirtualMFADevices',
    document: `query ($assignmentStatus: MfaAssignmentStatus, $first: Int, $after: String) {
      virtualMfaDevices(assignmentStatus: $assignmentStatus, first: $first, after: $after) {
        ${connection(`serialNumber enabledAt assignee { ${USER_FIELDS} }`)}
      }
    }`,
    parameters: {
      AssignmentStatus: choice({ Assigned: 'ASSIGNED', Unassigned: 'UNASSIGNED', Any: 'ANY' }),
    },
    paged: true,
    result: page(
      'VirtualMFADevices',
      '',
      structure({
        SerialNumber: at('serialNumber'),
        User: at('assignee', structure(USER)),
        EnableDate: at('enabledAt', timestamp),
      }),
    ),
  },
  {
    name: 'TagMFADevice',
    document: 'mutation ($input: TagMfaDeviceInput!) { tagMfaDevice(input: $input) { __typename } }',
    parameters: { ...SERIAL_NUMBER, Tags: required(TAGS) },
  },
  {
    name: 'UntagMFADevice',
    document: 'mutation ($input: UntagMfaDeviceInput!) { untagMfaDevice(input: $input) { __typename } }',
    parameters: { ...SERIAL_NUMBER, TagKeys: required(list(text())) },
  },
  {
    name: 'ListMFADeviceTags',
    document: 'query ($serialNumber: String!) { mfaDeviceTags(serialNumber: $serialNumber) { key value } }',
    parameters: SERIAL_NUMBER,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
