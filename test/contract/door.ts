import type { Installation } from '../support/installation.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export type KeyStatus = 'Active' | 'Inactive'

export interface Key {
  readonly id: string
  readonly status: KeyStatus
}

export interface Device {
  readonly serialNumber: string
  /** Base32. */
  readonly seed: string
}

/** What both protocols call the parameters that name something. */
export interface InlinePolicy {
  readonly policyName: string
  readonly policyDocument: string
}

/**
 * What the contract asks of either protocol, as one caller. Only what both can say is in the answers. Every method throws Refused
 * when the server refuses.
 */
export interface Door {
  createUser(user: { readonly userName: string; readonly path?: string }): Promise<string>
  getUser(userName?: string): Promise<{ readonly name: string; readonly arn: string }>
  /** All names, in the order of the list. */
  listUsers(): Promise<string[]>
  updateUser(user: { readonly userName: string; readonly newUserName: string }): Promise<void>
  deleteUser(userName: string): Promise<void>

  createAccessKey(userName?: string): Promise<Key & Credentials>
  listAccessKeys(userName?: string): Promise<Key[]>
  updateAccessKey(key: {
    readonly userName?: string
    readonly accessKeyId: string
    readonly status: KeyStatus
  }): Promise<void>
  deleteAccessKey(key: { readonly userName?: string; readonly accessKeyId: string }): Promise<void>
  /** Whose it is, and by which service it was last used; null when it never was. */
  getAccessKeyLastUsed(accessKeyId: string): Promise<{ readonly userName: string; readonly service: string | null }>

  putUserPolicy(policy: InlinePolicy & { readonly userName: string }): Promise<void>
  /** The document, letter by letter. */
  getUserPolicy(policy: { readonly userName: string; readonly policyName: string }): Promise<string>
  listUserPolicies(userName: string): Promise<string[]>
  deleteUserPolicy(policy: { readonly userName: string; readonly policyName: string }): Promise<void>

  createPolicy(policy: InlinePolicy): Promise<string>
  attachUserPolicy(attachment: { readonly userName: string; readonly policyArn: string }): Promise<void>
  listAttachedUserPolicies(userName: string): Promise<string[]>
  detachUserPolicy(attachment: { readonly userName: string; readonly policyArn: string }): Promise<void>
  /** The id of the version, which is the default one from now on. */
  createPolicyVersion(version: { readonly policyArn: string; readonly policyDocument: string }): Promise<string>
  deletePolicyVersion(version: { readonly policyArn: string; readonly versionId: string }): Promise<void>
  deletePolicy(policyArn: string): Promise<void>

  createGroup(groupName: string): Promise<string>
  addUserToGroup(member: { readonly groupName: string; readonly userName: string }): Promise<void>
  listGroupsForUser(userName: string): Promise<string[]>
  removeUserFromGroup(member: { readonly groupName: string; readonly userName: string }): Promise<void>
  putGroupPolicy(policy: InlinePolicy & { readonly groupName: string }): Promise<void>
  deleteGroupPolicy(policy: { readonly groupName: string; readonly policyName: string }): Promise<void>
  deleteGroup(groupName: string): Promise<void>

  createRole(role: { readonly roleName: string; readonly assumeRolePolicyDocument: string }): Promise<string>
  putRolePolicy(policy: InlinePolicy & { readonly roleName: string }): Promise<void>
  deleteRolePolicy(policy: { readonly roleName: string; readonly policyName: string }): Promise<void>
  deleteRole(roleName: string): Promise<void>
  assumeRole(session: { readonly roleArn: string; readonly roleSessionName: string }): Promise<Session>

  createVirtualMfaDevice(virtualMfaDeviceName: string): Promise<Device>
  enableMfaDevice(device: {
    readonly userName: string
    readonly serialNumber: string
    readonly authenticationCode1: string
    readonly authenticationCode2: string
  }): Promise<void>
  listMfaDevices(userName?: string): Promise<string[]>
  deactivateMfaDevice(device: { readonly userName: string; readonly serialNumber: string }): Promise<void>
  deleteVirtualMfaDevice(serialNumber: string): Promise<void>

  getSessionToken(code?: { readonly serialNumber: string; readonly tokenCode: string }): Promise<Credentials>
  getCallerIdentity(): Promise<Identity>
  /** The account that a key belongs to. */
  getAccessKeyInfo(accessKeyId: string): Promise<string>
}

export interface Identity {
  readonly userId: string
  readonly account: string
  readonly arn: string
}

export interface Session extends Credentials {
  readonly arn: string
}

/** A protocol: opens its door for whoever has these credentials. */
export type Protocol = (installation: Installation, credentials: Credentials) => Door

/** A request that the server refused, in the words that it had for it. */
export class Refused extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.code = code
  }
}
