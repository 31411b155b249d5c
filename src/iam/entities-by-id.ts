import type { ReadCall, Selection } from './call.ts'

type ById<Row> = (call: ReadCall, id: string, asked: Selection) => Promise<Row | null>

const own = ({ principal: { accountId } }: ReadCall, id: string) => ({ accountId, id })

/** Entities of the caller's account by unique id, each with what is asked of it; null when there is none. */
export const ENTITY_BY_ID = {
  User: (call, id, asked) => call.db.user.findFirst({ ...asked, where: { ...own(call, id), root: false } }),
  Group: (call, id, asked) => call.db.group.findFirst({ ...asked, where: own(call, id) }),
  Role: (call, id, asked) => call.db.role.findFirst({ ...asked, where: own(call, id) }),
  InstanceProfile: (call, id, asked) => call.db.instanceProfile.findFirst({ ...asked, where: own(call, id) }),
  ServerCertificate: (call, id, asked) => call.db.serverCertificate.findFirst({ ...asked, where: own(call, id) }),
  Policy: (call, id, asked) => call.db.policy.findFirst({ ...asked, where: own(call, id) }),
  AccessKey: (call, id, asked) => call.db.accessKey.findFirst({ ...asked, where: own(call, id) }),
  MfaDevice: (call, id, asked) => call.db.mfaDevice.findFirst({ ...asked, where: own(call, id) }),
} as const satisfies Readonly<Record<string, ById<object>>>
