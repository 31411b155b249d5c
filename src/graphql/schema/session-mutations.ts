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
  description:
    'An IAM user gives `account`, `userName` and `password`. The root user of an account gives `rootEmail` and `password`. `mfaCode` comes with either when an MFA device is enabled.',
  fields: (t) => ({
    account: t.string({
      description:
        'Id (twelve digits) or alias of the account of an IAM user. Must be given with `userName`. The root user leaves it out or gives null.',
    }),
    userName: t.string({
      description:
        'Name of an IAM user, without regard to case. Must be given with `account`. The root user leaves it out or gives null.',
    }),
    rootEmail: t.string({
      description: 'E-mail address of the root user of an account. IAM users leave it out or give null.',
    }),
    password: t.string({ required: true, description: 'The password, 1 to 128 characters.' }),
    mfaCode: t.string({
      description:
        'The six digits that an MFA device shows, or a recovery code. Needed when an MFA device is enabled: without it the error then has `extensions.mfaCodeRequired`. Left out or null: no code.',
    }),
  }),
})

const SignInPayload = builder.objectRef<SignedIn>('SignInPayload').implement({
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', {
      description: 'The session as a bearer token (JWT): send it as `Authorization: Bearer …`.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the session ends.' }),
    passwordChangeRequired: t.exposeBoolean('passwordChangeRequired', {
      description: 'True: the password must be changed with `changePassword` before anything else is possible.',
    }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft', {
      nullable: true,
      description: 'How many recovery codes are left, when this sign-in used one; null otherwise.',
    }),
    viewer: t.field({
      type: Viewer,
      description: 'The caller as the new session knows them.',
      access: 'parent',
      resolve: ({ principal }) => principal,
    }),
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
      'Signs in with a password and begins a session. Clients send its token as `Authorization: Bearer …`. Browsers get a cookie as well; the session of the cookie that they sent ends.',
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
      'Signs in to the console with an access key of an IAM user: the key that signed this request. The session ends when the key is deactivated or deleted. Browsers get a cookie; the session of the cookie that they sent ends.',
    access: { authenticated: 'signin:ConsoleLogin' },
    resolve: async (_parent, _args, context) => await enter(await signInWithAccessKey(context.call), context),
  }),
)

const AuthenticateMfaInput = builder.inputType('AuthenticateMfaInput', {
  fields: (t) => ({
    mfaCode: t.string({ required: true, description: 'The six digits that an MFA device shows, or a recovery code.' }),
  }),
})

builder.mutationField('authenticateMfa', (t) =>
  t.field({
    type: SignInPayload,
    nullable: true,
    description:
      'Adds MFA to the session of this request with the code of a device or a recovery code. The new token carries MFA and replaces the old one.',
    access: { authenticated: 'sts:AuthenticateMfa' },
    args: { input: t.arg({ type: AuthenticateMfaInput, required: true }) },
    resolve: async (_parent, { input }, context) => await enter(await authenticateMfa(context.call, input), context),
  }),
)

const SignOutPayload = builder.objectRef<{ signedOut: boolean }>('SignOutPayload').implement({
  fields: (t) => ({ signedOut: t.exposeBoolean('signedOut', { description: 'Always true.' }) }),
})

builder.mutationField('signOut', (t) =>
  t.field({
    type: SignOutPayload,
    nullable: true,
    description: 'Ends the session of this request. Its token is refused from the next request on.',
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
      'Ends all sessions of the caller, including the session of this request and temporary credentials. Access keys keep working.',
    access: { authenticated: 'signin:SignOutEverywhere' },
    resolve: async (_parent, _args, { call, cookies }) => {
      await signOutEverywhere(call)
      cookies.clearSession()
      return { signedOut: true }
    },
  }),
)

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  fields: (t) => ({
    sessionId: t.string({ required: true, description: 'Id of a session of the caller, from `viewer.sessions`.' }),
  }),
})

const RevokeSessionPayload = builder.objectRef<{ sessionId: string }>('RevokeSessionPayload').implement({
  fields: (t) => ({ sessionId: t.exposeString('sessionId', { description: 'Id of the ended session.' }) }),
})

builder.mutationField('revokeSession', (t) =>
  t.field({
    type: RevokeSessionPayload,
    nullable: true,
    description:
      "Ends one of the caller's own sessions, for example on a lost device. Its token is refused from the next request on.",
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
    sessionId: t.string({ required: true, description: 'Id of a session of the user, from `userSessions`.' }),
  }),
})

builder.mutationField('revokeUserSession', (t) =>
  t.field({
    type: RevokeSessionPayload,
    nullable: true,
    description: 'Ends one session of an IAM user. Its token is refused from the next request on.',
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
  fields: (t) => ({ revoked: t.exposeBoolean('revoked', { description: 'Always true.' }) }),
})

builder.mutationField('revokeUserSessions', (t) =>
  t.field({
    type: RevokeUserSessionsPayload,
    nullable: true,
    description: 'Ends all sessions of an IAM user, including temporary credentials. Access keys keep working.',
    args: { input: t.arg({ type: RevokeUserSessionsInput, required: true }) },
    access: { action: 'latchkey:RevokeSession', resource: (_parent, { input }) => user(input.userName) },
    resolve: async (_parent, { input }, { call }) => {
      await signOutEverywhere(call, input)
      return { revoked: true }
    },
  }),
)
