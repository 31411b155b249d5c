import type { AwsRow } from '../operation.ts'
import { at, blob, type Members, page, placeBy, placeByName, structure, timestamp, wholeList } from '../output.ts'
import { choice, required, text } from '../parameters.ts'
import { connection, GIVEN_TAGS, TAG, userName } from './common.ts'
import { USER, USER_FIELDS } from './users.ts'

const DEVICE: Members = {
  UserName: at('userName', userName),
  SerialNumber: at('serialNumber'),
  EnableDate: at('enabledAt', timestamp),
}

const SERIAL_NUMBER = { SerialNumber: required(text('serialNumber')) }

export const MFA_DEVICES: readonly AwsRow[] = [
  {
    name: 'CreateVirtualMFADevice',
    selects: 'mfaDevice { serialNumber } base32StringSeed qrCodePng',
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
    // AWS's answer has no place for them: they would be codes that nobody has seen.
    given: { recoveryCodes: false },
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
    name: 'ListMFADeviceTags',
    document: 'query ($serialNumber: String!) { mfaDeviceTags(serialNumber: $serialNumber) { key value } }',
    parameters: SERIAL_NUMBER,
    paged: true,
    result: wholeList('Tags', '', placeBy('key'), TAG),
  },
]
