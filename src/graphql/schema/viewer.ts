import { user } from '../../access/declaration.ts'
import { isUser, type Principal } from '../../authn/principal.ts'
import { breath } from '../../budget/index.ts'
import { IamError } from '../../iam/errors.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { standingSessions } from '../../iam/sessions/standing-sessions.ts'
import { rootEmailOf } from '../../iam/users/read-users.ts'
import { builder } from '../builder.ts'
import { AccessCheck, Decision, decisionOf } from './decision.ts'
import { Session } from './session.ts'
import { User } from './user.ts'

/** As many questions as a large page of a portal asks. */
const MAX_CHECKS = 500

const CredentialKind = builder.enumType('CredentialKind', {
  description: 'How the caller authenticated.',
  values: {
    PASSWORD: { description: 'A session that began with a password.' },
    ACCESS_KEY_SIGN_IN: { description: 'A session of the console that began with an access key.' },
    ACCESS_KEY: { description: 'The request is signed with a long-term access key.' },
    SESSION: { description: 'Temporary credentials, by a signature or a bearer token.' },
  } as const,
})

export const Viewer = builder.objectRef<Principal>('Viewer').implement({
  description: 'The caller, as authenticated for this request.',
  fields: (t) => ({
    arn: t.field({
      type: 'ARN',
      description: 'ARN of the caller: a user, the root user, a session of a role, or a federated user.',
      resolve: ({ arn }) => arn,
    }),
    userId: t.exposeString('id', {
      description:
        'The unique id as GetCallerIdentity has it: `AIDA…` of a user, the account id of the root user, `AROA…:<session>` of a session of a role, `<account>:<name>` of a federated user.',
    }),
    accountId: t.exposeID('accountId', { description: 'Twelve digits.' }),
    user: t.prismaField({
      type: User,
      nullable: true,
      description:
        'The IAM user who is the caller; null for the root user, for sessions of roles and for federated users.',
      access: { action: 'iam:GetUser', when: ({ kind }) => isUser({ kind }), resource: () => user(null) },
      resolve: (query, { kind, id }, _args, context) =>
        kind === 'user' ? ENTITY_BY_ID.User(context, id, query) : null,
    }),
    rootEmail: t.string({
      nullable: true,
      description: 'The e-mail address that the root user signs in with; null for every other caller.',
      access: 'authenticated',
      resolve: (_viewer, _args, context) => rootEmailOf(context),
    }),
    credential: t.field({
      type: CredentialKind,
      description: 'How the caller authenticated.',
      resolve: ({ credential }) => credential,
    }),
    accessKeyId: t.exposeString('accessKeyId', {
      nullable: true,
      description:
        'The access key that the request is signed with or that the session began with, `AKIA…`, or that of temporary credentials, `ASIA…`. Null for a session that began with a password.',
    }),
    mfaAuthenticatedAt: t.expose('mfaAuthenticatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the caller authenticated with MFA; null when the caller did not.',
    }),
    sourceIdentity: t.exposeString('sourceIdentity', {
      nullable: true,
      description: 'The source identity of a session of a role; null when it has none.',
    }),
    sessionExpiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the session ends at the latest; null for a request that is signed with a long-term access key.',
    }),
    sessionIdleExpiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        "When the session of a browser's cookie ends unless another request extends it. Null for other credentials.",
      resolve: ({ idleExpiresAt }) => idleExpiresAt ?? null,
    }),
    passwordChangeRequired: t.boolean({
      description: 'Whether the password must be changed with `changePassword` before anything else is possible.',
      resolve: ({ passwordResetPending }) => passwordResetPending,
    }),
    sessions: t.field({
      type: [Session],
      description: "The caller's own open sessions that began with a sign-in, newest first; at most 200.",
      access: 'authenticated',
      resolve: (_viewer, _args, context) => standingSessions(context),
    }),
    can: t.field({
      type: [Decision],
      description:
        'What the policies say about requests that the caller could make, in the order of the checks. With it a portal can disable a button and say why.',
      access: 'parent',
      args: {
        checks: t.arg({ type: [AccessCheck], required: true, description: 'The requests to check, at most 500.' }),
      },
      resolve: (_viewer, { checks }, { gate, budget }) => {
        checkCount(checks)
        for (const { action, resource } of checks) checkQuestion(action, resource ?? '*')
        budget.draw('decisions', checks.length)
        return inTurns(checks, async ({ action, resource }) => decisionOf(await gate.check(action, resource)))
      },
    }),
    mayBeAllowed: t.booleanList({
      description:
        'For each action, in the order given, whether a policy of the caller allows it on any resource under any condition. False means that every such request is denied; true does not mean that a certain request is allowed. With it a portal can hide what the caller can never do.',
      access: 'parent',
      args: {
        actions: t.arg.stringList({
          required: true,
          description: 'The actions, for example `iam:CreateAccessKey`; at most 500, no wildcards.',
        }),
      },
      resolve: (_viewer, { actions }, { gate, budget }) => {
        checkCount(actions)
        for (const action of actions) checkQuestion(action, '*')
        budget.draw('decisions', actions.length)
        return inTurns(actions, (action) => gate.mightAllow(action))
      },
    }),
  }),
})

/** Questions that are asked at once: those of one turn share what is read for them. */
const ASKED_AT_ONCE = 25

/** Answers all questions, and lets other requests have their turn between them. */
async function inTurns<Question, Answer>(
  questions: readonly Question[],
  answer: (question: Question) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let i = 0; i < questions.length; i += ASKED_AT_ONCE) {
    for (let turn = breath(); turn !== null; turn = breath()) await turn
    answers.push(...(await Promise.all(questions.slice(i, i + ASKED_AT_ONCE).map(answer))))
  }
  return answers
}

function checkCount(questions: readonly unknown[]): void {
  if (questions.length > MAX_CHECKS)
    throw new IamError('ValidationError', `At most ${MAX_CHECKS} checks can be asked at once.`)
}

/** A wildcard is no action: whether "everything" is allowed is not one question. An ARN has at most 2048 characters. */
function checkQuestion(action: string, resource: string): void {
  if (!/^[\w-]{1,64}:\w{1,128}$/.test(action)) {
    throw new IamError('ValidationError', `${JSON.stringify(action)} is not an action such as "iam:GetUser".`)
  }
  if (resource.length === 0 || resource.length > 2048) {
    throw new IamError('ValidationError', 'A resource is an ARN of at most 2048 characters, or "*".')
  }
}

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'The caller. It is never denied to an authenticated caller, as GetCallerIdentity of STS.',
    access: 'authenticated',
    resolve: (_parent, _args, { principal }) => principal,
  }),
)
