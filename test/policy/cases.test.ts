import { describe, expect, test } from 'vitest'
import {
  type AccessRequest,
  compilePolicy,
  compileSet,
  createContext,
  type Decision,
  decide,
  denialTail,
  type Layers,
  parsePolicy,
  type PolicyKind,
  type PolicySet,
  type PolicySourceType,
} from '../../src/policy/index.ts'
import {
  type ActionCase,
  CALLERS,
  type ConditionCase,
  type Context,
  type DecisionCase,
  type GrammarCase,
  readCaseFiles,
  type ResourceCase,
} from './case-files.ts'

for (const file of readCaseFiles()) {
  describe(file.topic, () => {
    if (file.form === 'grammar') runAll(file.cases, checkGrammar)
    else if (file.form === 'action') runAll(file.cases, checkAction)
    else if (file.form === 'resource') runAll(file.cases, checkResource)
    else if (file.form === 'condition') runAll(file.cases, checkCondition)
    else runAll(file.cases, checkDecision)
  })
}

function runAll<T extends { readonly name: string }>(cases: readonly T[], check: (each: T) => void): void {
  for (const each of cases) test(each.name, () => check(each))
}

test('every case has a name of its own within its topic', () => {
  for (const { topic, cases } of readCaseFiles()) {
    const names = cases.map(({ name }) => name)
    expect(new Set(names).size, topic).toBe(names.length)
  }
})

function checkGrammar({ kind, text, document, refused, path, at, line, column }: GrammarCase): void {
  const source = text ?? JSON.stringify(document)
  const result = parsePolicy(source, kind)
  if (refused === undefined) {
    expect(result).toMatchObject({ ok: true })
    return
  }
  if (result.ok) throw new Error('the text was accepted')
  expect(result.error.message).toBe(refused)
  expect(result.error.code).toBe('MalformedPolicyDocument')
  expect(result.error.path).toBe(path)
  if (at === undefined) expect([result.error.line, result.error.column]).toEqual([line, column])
  else
    expect(
      source.split('\n')[result.error.line - 1]?.slice(result.error.column - 1, result.error.column - 1 + at.length),
    ).toBe(at)
}

const ANY = { Effect: 'Allow', Action: '*', Resource: '*' }
const RESOURCE = 'arn:aws:iam::123456789012:user/alice'

/** The statement must act the same (if not said otherwise) as an Allow, as a Deny over an Allow for all, and in the trace. */
function checkStatement(
  statement: object,
  version: string | undefined,
  request: Partial<AccessRequest>,
  matches: boolean,
  denies = matches,
): void {
  const full: AccessRequest = {
    action: 'iam:GetUser',
    resource: RESOURCE,
    principal: CALLERS.alice.principal,
    context: createContext([]),
    ...request,
  }
  const allow = decide({ identity: setOf([document([{ ...statement, Effect: 'Allow' }], version)]) }, full, {
    trace: true,
  })
  expect(allow.effect).toBe(matches ? 'ALLOW' : 'IMPLICIT_DENY')
  expect(allow.trace?.layers[0]?.effect).toBe(allow.effect)
  const deny = decide({ identity: setOf([document([ANY, { ...statement, Effect: 'Deny' }], version)]) }, full, {
    trace: true,
  })
  expect(deny.effect).toBe(denies ? 'EXPLICIT_DENY' : 'ALLOW')
  expect(deny.trace?.layers[0]?.effect).toBe(deny.effect)
}

function checkAction({ action, notAction, request, matches }: ActionCase): void {
  const element = action === undefined ? { NotAction: notAction } : { Action: action }
  checkStatement({ ...element, Resource: '*' }, undefined, { action: request }, matches)
}

function checkResource({ resource, notResource, request, context, version, matches, denies }: ResourceCase): void {
  const element = resource === undefined ? { NotResource: notResource } : { Resource: resource }
  checkStatement(
    { Action: '*', ...element },
    version,
    { resource: request, context: contextOf(context) },
    matches,
    denies,
  )
}

function checkCondition({ condition, context, version, holds }: ConditionCase): void {
  const statement = { Action: '*', Resource: '*', Condition: condition }
  checkStatement(statement, version, { context: contextOf(context) }, holds)
}

function checkDecision(each: DecisionCase): void {
  const caller = CALLERS[each.caller]
  const request: AccessRequest = {
    action: each.action,
    resource: each.resource,
    principal: caller.principal,
    context: contextOf(caller.context).extend(Object.entries(each.context ?? {})),
    resourceAccountId: each.resourceAccount,
  }
  const layers: Layers = {
    identity: each.identity && setOf(each.identity),
    boundary: each.boundary && setOf(each.boundary, 'boundary'),
    session: each.session && setOf(each.session, 'session', 'session'),
    resource: each.resourcePolicy
      ? { set: setOf([each.resourcePolicy], 'resource', 'resource'), kind: 'resource' }
      : each.trust
        ? { set: setOf([each.trust], 'trust', 'trust'), kind: 'trust' }
        : null,
    root: each.caller === 'root',
  }
  const decision = decide(layers, request)
  const { effect, reason, layer, sid, tail } = each.expect
  expect({ effect: decision.effect, reason: decision.reason }).toEqual({ effect, reason })
  if (layer !== undefined) expect(decision.layer).toBe(layer)
  if (sid !== undefined) expect(decision.statement?.sid).toBe(sid)
  if (tail !== undefined) expect(denialTail(decision, each.action)).toBe(tail)
  const { trace, ...traced }: Decision = decide(layers, request, { trace: true })
  expect(traced).toEqual(decision)
  expect(trace).toBeDefined()
}

function document(statements: readonly object[], version = '2012-10-17'): object {
  return { Version: version, Statement: statements }
}

function setOf(
  documents: readonly unknown[],
  type: PolicySourceType = 'custom',
  kind: PolicyKind = 'inline',
): PolicySet {
  return compileSet(
    documents.map((each, i) => {
      const result = parsePolicy(JSON.stringify(each), kind)
      if (!result.ok) throw new Error(`${result.error.path}: ${result.error.message}`)
      return compilePolicy(result.document, { id: `${type}-${i}`, type })
    }),
  )
}

function contextOf(context: Context = {}): AccessRequest['context'] {
  return createContext(Object.entries(context))
}
