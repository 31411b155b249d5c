import { user } from '../../access/declaration.ts'
import { authenticateMfa } from '../../iam/sessions/authenticate-mfa.ts'
import { browserToken } from '../../iam/sessions/browser-session.ts'
import type { SignedIn } from '../../iam/sessions/signed-in-session.ts'
import { signInWithAccessKey } from '../../iam/sessions/sign-in-with-access-key.ts'
import { signIn } from '../../iam/sessions/sign-in.ts'
import { revokeSession, signOut, signOutEverywhere } from '../../iam/sessions/sign-out.ts'
import { builder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'
import { Viewer } from './viewer.ts'

const SignInInput = builder.inputType('SignInInput', {
  description: 'For an IAM user: account (id or alias), userName, password. For the account root: rootEmail, password.',
  fields: (t) => ({
    account: t.string(),
    userName: t.string(),
    rootEmail: t.string(),
    password: t.string({ required: true }),
    mfaCode: t.string({
      description:
        'Six digits of a device, or a recovery code; needed when an MFA device is enabled (`extensions.mfaCodeRequired`).',
    }),
  }),
})

const SignInPayload = builder.objectRef<SignedIn>('SignInPayload').implement({
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', { description: 'Bearer token (JWT).' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    passwordChangeRequired: t.exposeBoolean('passwordChangeRequired', {
      description: 'Nothing but `changePassword` is possible before the password was changed.',
    }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft', {
      nullable: true,
      description: 'How many recovery codes are left when one was used for this; null when none was.',
    }),
    viewer: t.field({ type: Viewer, access: 'parent', resolve: ({ principal }) => principal }),
  }),
})

/** What follows in the same request is the new session's; a browser keeps it in a cookie that scripts cannot read. */
async function enter(session: SignedIn, { caller, cookies, issuer, clock }: GraphQLContext): Promise<SignedIn> {
  caller.become(session.principal, session.accessToken)
  const kept = await browserToken(issuer, session.principal, clock())
  if (kept !== null) cookies.setSession(kept.accessToken, kept.expiresAt)
  return session
}

builder.mutationField('signIn', (t) =>
  t.field({
    type: SignInPayload,
    nullable: true,
    description:
      'Signs in with a password. Send the token as `Authorization: Bearer …`; browsers get a cookie as well, and the session that their cookie held before ends.',
    access: 'public',
    args: { input: t.arg({ type: SignInInput, required: true }) },
    resolve: async (_parent, { input }, context) => await enter(await signIn(context, input), context),
  }),
)

builder.mutationField('signInWithAccessKey', (t) =>
  t.field({
    type: SignInPayload,
    nullable: true,
    description:
      "Signs in to the console with the access key of an IAM user that signed this request. The session ends with the key. A session that the browser's cookie held ends, too.",
    access: { authenticated: 'signin:ConsoleLogin' },
    resolve: async (_parent, _args, context) => await enter(await signInWithAccessKey(context.call), context),
  }),
)

const AuthenticateMfaInput = builder.inputType('AuthenticateMfaInput', {
  fields: (t) => ({
    mfaCode: t.string({ required: true, description: 'Six digits of a device, or a recovery code.' }),
  }),
})

builder.mutationField('authenticateMfa', (t) =>
  t.field({
    type: SignInPayload,
    nullable: true,
    description:
      'Step up an existing session with a TOTP code or a recovery code: the new token carries MFA context and replaces the old one.',
    access: { authenticated: 'sts:AuthenticateMfa' },
    args: { input: t.arg({ type: AuthenticateMfaInput, required: true }) },
    resolve: async (_parent, { input }, context) => await enter(await authenticateMfa(context.call, input), context),
  }),
)

const SignOutPayload = builder.objectRef<{ signedOut: boolean }>('SignOutPayload').implement({
  fields: (t) => ({ signedOut: t.exposeBoolean('signedOut') }),
})

builder.mutationField('signOut', (t) =>
  t.field({
    type: SignOutPayload,
    nullable: true,
    description: 'Ends this session: its token is refused from the next request on.',
    access: { authenticated: 'signin:SignOut' },
    resolve: async (_parent, _args, { call, cookies }) => {
      await signOut(call)
      cookies.clearSession()
      return { signedOut: true }
    },
  }),
)

builder.mutationField('signOutEverywhere', (t) =>
  t.field({
    type: SignOutPayload,
    nullable: true,
    description:
      "Ends all of the caller's sessions, this one and temporary credentials included. Access keys keep working.",
    access: { authenticated: 'signin:SignOutEverywhere' },
    resolve: async (_parent, _args, { call, cookies }) => {
      await signOutEverywhere(call)
      cookies.clearSession()
      return { signedOut: true }
    },
  }),
)

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  fields: (t) => ({ sessionId: t.string({ required: true, description: 'As in `viewer.sessions`.' }) }),
})

const RevokeSessionPayload = builder.objectRef<{ sessionId: string }>('RevokeSessionPayload').implement({
  fields: (t) => ({ sessionId: t.exposeString('sessionId') }),
})

builder.mutationField('revokeSession', (t) =>
  t.field({
    type: RevokeSessionPayload,
    nullable: true,
    description: "Ends one of the caller's own sessions, on a lost device for example.",
    access: { authenticated: 'signin:RevokeSession' },
    args: { input: t.arg({ type: RevokeSessionInput, required: true }) },
    resolve: async (_parent, { input: { sessionId } }, { call }) => {
      await revokeSession(call, { sessionId })
      return { sessionId }
    },
  }),
)

const RevokeUserSessionInput = builder.inputType('RevokeUserSessionInput', {
  fields: (t) => ({
    userName: t.string({ required: true }),
    sessionId: t.string({ required: true, description: 'As in `userSessions`.' }),
  }),
})

builder.mutationField('revokeUserSession', (t) =>
  t.field({
    type: RevokeSessionPayload,
    nullable: true,
    description: 'Ends one session of a user. Its token is refused from the next request on.',
    args: { input: t.arg({ type: RevokeUserSessionInput, required: true }) },
    access: { action: 'latchkey:RevokeSession', resource: (_parent, { input }) => user(input.userName) },
    resolve: async (_parent, { input }, { call }) => {
      await revokeSession(call, input)
      return input
    },
  }),
)

const RevokeUserSessionsInput = builder.inputType('RevokeUserSessionsInput', {
  fields: (t) => ({ userName: t.string({ required: true }) }),
})

const RevokeUserSessionsPayload = builder.objectRef<{ revoked: boolean }>('RevokeUserSessionsPayload').implement({
  fields: (t) => ({ revoked: t.exposeBoolean('revoked') }),
})

builder.mutationField('revokeUserSessions', (t) =>
  t.field({
    type: RevokeUserSessionsPayload,
    nullable: true,
    description: 'Ends all sessions of a user, temporary credentials included. Access keys keep working.',
    args: { input: t.arg({ type: RevokeUserSessionsInput, required: true }) },
    access: { action: 'latchkey:RevokeSession', resource: (_parent, { input }) => user(input.userName) },
    resolve: async (_parent, { input }, { call }) => {
      await signOutEverywhere(call, input)
      return { revoked: true }
    },
  }),
)
