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
  values: {
    PASSWORD: { description: 'A session that began with a password.' },
    ACCESS_KEY_SIGN_IN: { description: 'A session of the console that began with an access key.' },
    ACCESS_KEY: { description: 'The signature of a long-term access key.' },
    SESSION: { description: 'Temporary credentials.' },
  } as const,
})

export const Viewer = builder.objectRef<Principal>('Viewer').implement({
  description: 'The caller.',
  fields: (t) => ({
    arn: t.field({ type: 'ARN', resolve: ({ arn }) => arn }),
    userId: t.exposeString('id'),
    accountId: t.exposeID('accountId'),
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'Null for root, roles and federated users.',
      access: { action: 'iam:GetUser', when: ({ kind }) => isUser({ kind }), resource: () => user(null) },
      resolve: (query, { kind, id }, _args, context) =>
        kind === 'user' ? ENTITY_BY_ID.User(context, id, query) : null,
    }),
    rootEmail: t.string({
      nullable: true,
      description: 'The address that root signs in with; null for everybody else.',
      access: 'authenticated',
      resolve: (_viewer, _args, context) => rootEmailOf(context),
    }),
    credential: t.field({ type: CredentialKind, resolve: ({ credential }) => credential }),
    accessKeyId: t.exposeString('accessKeyId', { nullable: true }),
    mfaAuthenticatedAt: t.expose('mfaAuthenticatedAt', { type: 'DateTime', nullable: true }),
    sourceIdentity: t.exposeString('sourceIdentity', { nullable: true }),
    sessionExpiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the session ends, however busy it is.',
    }),
    sessionIdleExpiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        "When the session in a browser's cookie ends unless the browser asks for something before. Null for other credentials.",
      resolve: ({ idleExpiresAt }) => idleExpiresAt ?? null,
    }),
    passwordChangeRequired: t.boolean({
      description: 'True when the password must be changed before anything else.',
      resolve: ({ passwordResetPending }) => passwordResetPending,
    }),
    sessions: t.field({
      type: [Session],
      description: "The caller's own sessions, newest first.",
      access: 'authenticated',
      resolve: (_viewer, _args, context) => standingSessions(context),
    }),
    can: t.field({
      type: [Decision],
      description: 'Many checks in one call, so that a portal can grey out a button and say why.',
      access: 'parent',
      args: { checks: t.arg({ type: [AccessCheck], required: true }) },
      resolve: (_viewer, { checks }, { gate, budget }) => {
        checkCount(checks)
        for (const { action, resource } of checks) checkQuestion(action, resource ?? '*')
        budget.draw('decisions', checks.length)
        return inTurns(checks, async ({ action, resource }) => decisionOf(await gate.check(action, resource)))
      },
    }),
    mayBeAllowed: t.booleanList({
      description:
        'For each action whether any policy of the caller allows it, on whatever resource and condition: what a portal asks before it knows the resource. False is certain, true is no promise.',
      access: 'parent',
      args: { actions: t.arg.stringList({ required: true }) },
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
    description: 'Who am I. Never denied to an authenticated caller (sts:GetCallerIdentity).',
    access: 'authenticated',
    resolve: (_parent, _args, { principal }) => principal,
  }),
)
