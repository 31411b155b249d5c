import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  compilePolicy,
  compileSet,
  createContext,
  type Decision,
  decide,
  type Layers,
  parsePolicy,
  type PolicyDocument,
  type PolicyKind,
  policySize,
  type PolicySet,
  printPolicy,
} from '../../src/policy/index.ts'
import { document, documentValue, parsed, request, resourceDocument, statement } from './arbitrary.ts'
import { naiveDecision } from './naive.ts'

const KINDS: readonly PolicyKind[] = ['managed', 'inline', 'session', 'resource', 'trust']
const RANK = { EXPLICIT_DENY: 0, IMPLICIT_DENY: 1, ALLOW: 2 } as const
const RUNS = { numRuns: 300 }

const documents = fc.array(document, { maxLength: 4 })
const limit = fc.option(fc.array(document, { maxLength: 2 }), { nil: undefined })
const layers = fc.record({
  identity: documents,
  boundary: limit,
  session: limit,
  resource: fc.option(resourceDocument, { nil: undefined }),
  organization: fc.option(fc.array(fc.array(document, { maxLength: 2 }), { minLength: 1, maxLength: 3 }), {
    nil: undefined,
    freq: 2,
  }),
})

function setOf(each: readonly PolicyDocument[]): PolicySet {
  return compileSet(each.map((one, i) => compilePolicy(one, { id: String(i), type: 'custom' })))
}

type Documents = typeof layers extends fc.Arbitrary<infer T> ? T : never

function compiled({ identity, boundary, session, resource, organization }: Documents): Layers {
  return {
    identity: setOf(identity),
    boundary: boundary && setOf(boundary),
    session: session && setOf(session),
    resource: resource && { set: setOf([resource]), kind: 'resource' },
    organization: organization?.map(setOf),
  }
}

describe('the engine decides as the rules say', () => {
  test('the index agrees with an evaluator that looks at every statement', () => {
    fc.assert(
      fc.property(layers, fc.array(request, { minLength: 1, maxLength: 5 }), (each, requests) => {
        const sets = compiled(each)
        for (const one of requests) expect(decide(sets, one).effect).toBe(naiveDecision(each, one))
      }),
      { numRuns: 1000 },
    )
  })

  test('a trace changes nothing and tells the same', () => {
    fc.assert(
      fc.property(layers, request, (each, one) => {
        const sets = compiled(each)
        const plain = decide(sets, one)
        const { trace, ...decision }: Decision = decide(sets, one, { trace: true })
        expect(decision).toEqual(plain)
        const denied = trace?.layers.some(({ effect }) => effect === 'EXPLICIT_DENY')
        expect(denied).toBe(plain.effect === 'EXPLICIT_DENY')
        const evidence = trace?.layers
          .flatMap(({ statements }) => statements)
          .find((of) => of.statement === plain.statement)
        if (plain.statement !== undefined) expect(evidence?.matched).toBe(true)
        for (const of of trace?.layers.flatMap(({ statements }) => statements) ?? []) {
          expect(of.conditions.every(({ result, failure }) => result === (failure === undefined))).toBe(true)
        }
      }),
      RUNS,
    )
  })

  test('adding a Deny never grants', () => {
    fc.assert(
      fc.property(layers, statement, request, (each, added, one) => {
        const deny = parsed({ Version: '2012-10-17', Statement: { ...added, Effect: 'Deny' } }, 'inline')
        const before = decide(compiled(each), one).effect
        const after = decide(compiled({ ...each, identity: [...each.identity, deny] }), one).effect
        expect(RANK[after]).toBeLessThanOrEqual(RANK[before])
      }),
      RUNS,
    )
  })

  test('the order of policies and statements never matters', () => {
    const shuffled = documents.chain((each) =>
      fc.tuple(
        fc.constant(each),
        fc.shuffledSubarray(each, { minLength: each.length }),
        fc.tuple(
          ...each.map(({ statements }) => fc.shuffledSubarray([...statements], { minLength: statements.length })),
        ),
      ),
    )
    fc.assert(
      fc.property(shuffled, request, ([each, otherOrder, statements], one) => {
        const inside = each.map((policy, i) => ({ ...policy, statements: statements[i] ?? [] }))
        const { effect } = decide({ identity: setOf(each) }, one)
        expect(decide({ identity: setOf(otherOrder) }, one).effect).toBe(effect)
        expect(decide({ identity: setOf(inside) }, one).effect).toBe(effect)
      }),
      RUNS,
    )
  })

  test('one merged set decides as its policies do one by one', () => {
    fc.assert(
      fc.property(documents, request, (each, one) => {
        const effects = each.map((policy) => decide({ identity: setOf([policy]) }, one).effect)
        const expected = effects.includes('EXPLICIT_DENY')
          ? 'EXPLICIT_DENY'
          : effects.includes('ALLOW')
            ? 'ALLOW'
            : 'IMPLICIT_DENY'
        expect(decide({ identity: setOf(each) }, one).effect).toBe(expected)
      }),
      RUNS,
    )
  })

  test.each(['boundary', 'session'] as const)('a %s never widens', (layer) => {
    fc.assert(
      fc.property(layers, fc.array(document, { maxLength: 3 }), request, (each, added, one) => {
        const before = decide(compiled({ ...each, [layer]: undefined }), one).effect
        const after = decide(compiled({ ...each, [layer]: added }), one).effect
        expect(RANK[after]).toBeLessThanOrEqual(RANK[before])
      }),
      RUNS,
    )
  })
})

describe('the parser answers every input', () => {
  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), answered), RUNS)
  })

  test('any JSON', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), answered), RUNS)
  })

  test('a valid policy with a piece cut out, doubled or replaced', () => {
    const mutation = fc.tuple(
      documentValue,
      fc.nat(),
      fc.nat(20),
      fc.oneof(fc.string(), fc.constantFrom('{', '[', '"', ',', ':', '\\', 'null', '')),
    )
    fc.assert(
      fc.property(mutation, ([each, at, length, replacement]) => {
        const text = JSON.stringify(each)
        const from = at % text.length
        answered(text.slice(0, from) + replacement + text.slice(from + length))
        answered(text.slice(0, from + length) + text.slice(from))
      }),
      RUNS,
    )
  })

  test.each(['[', '{"a":', '{"Statement":[', '{"Statement":{"Condition":{"Bool":['])(
    'a hundred thousand times %s',
    (opening) => {
      answered(opening.repeat(100_000))
    },
  )

  test('what is no text at all', () => {
    for (const input of [undefined, null, 5, {}, [], Symbol('x')]) {
      const result: unknown = Reflect.apply(parsePolicy, undefined, [input, 'managed'])
      expect(result).toMatchObject({ ok: false })
    }
  })

  test('it reads the values that JSON.parse reads, and refuses what JSON.parse refuses', () => {
    const text = fc.oneof(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.boolean())).map((list) => JSON.stringify(list).slice(1, -1)),
      fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\0123456789.eE+-truefalsn \n')) }),
    )
    fc.assert(
      fc.property(text, (list) => {
        const policy = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":[${list}]}}}}`
        const result = parsePolicy(policy, 'inline')
        const read = readStrictly(policy)
        if (read === undefined) expect(result.ok).toBe(false)
        const values = readStrictly(`[${list}]`)
        if (!Array.isArray(values) || values.some((each) => typeof each !== 'string' && typeof each !== 'boolean'))
          return
        if (!result.ok) throw result.error
        expect(result.document.statements[0]?.conditions[0]?.values).toEqual(values.map(String))
      }),
      { numRuns: 1000 },
    )
  })
})

function readStrictly(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

test('printing and parsing again gives the same document', () => {
  fc.assert(
    fc.property(fc.oneof(document, resourceDocument), (each) => {
      const again = parsePolicy(printPolicy(each), each.kind)
      if (!again.ok) throw again.error
      expect(placeless(again.document)).toEqual(placeless(each))
      expect(printPolicy(again.document)).toBe(printPolicy(each))
    }),
    RUNS,
  )
})

test('the size of a printed policy is its length, however it is laid out', () => {
  fc.assert(
    fc.property(document, fc.constantFrom(0, 1, 2, '\t'), (each, indent) => {
      const text = printPolicy(each)
      expect(policySize(JSON.stringify(JSON.parse(text), null, indent))).toBe(text.length)
    }),
  )
})

test('decide answers every request and denies what it cannot evaluate', () => {
  const hostile = fc.record({
    action: fc.anything(),
    resource: fc.anything(),
    context: fc.oneof(fc.anything(), fc.constant(createContext([]))),
    principal: fc.anything(),
  })
  fc.assert(
    fc.property(layers, hostile, (each, one) => {
      const decision: Decision = Reflect.apply(decide, undefined, [compiled(each), one])
      expect(['ALLOW', 'IMPLICIT_DENY', 'EXPLICIT_DENY']).toContain(decision.effect)
      if (decision.reason === 'EVALUATION_ERROR') expect(decision.effect).toBe('IMPLICIT_DENY')
    }),
    RUNS,
  )
})

describe('hostile patterns take work that grows with the text, not with the ways to match it', () => {
  test.each([
    ['literal chunks', '*a*a*a*b'],
    ['many stars', `${'*a'.repeat(200)}*b`],
    ['stars around a long chunk', `*${'a'.repeat(50)}b*c`],
  ])('%s', (_, pattern) => {
    expect(countedSteps(pattern, 'a'.repeat(100_000))).toBeLessThan(1000)
  })

  test('chunks with question marks: at most one look per place and piece', () => {
    expect(countedSteps('*a?a?ab*', 'a'.repeat(5000))).toBeLessThan(5000 * 8)
  })
})

function answered(text: string): void {
  for (const kind of KINDS) {
    const result = parsePolicy(text, kind)
    if (result.ok) continue
    expect(result.error.code).toBe('MalformedPolicyDocument')
    expect(result.error.message).not.toBe('')
    expect(result.error.path).toMatch(/^\$/)
    const lines = text.split(/\r\n|[\r\n]/)
    expect(result.error.line).toBeLessThanOrEqual(lines.length)
    expect(result.error.column).toBeLessThanOrEqual((lines[result.error.line - 1]?.length ?? 0) + 2)
  }
}

/** The document without the places of its parts. */
function placeless(each: PolicyDocument): object {
  return {
    ...each,
    statements: each.statements.map(({ start: _start, end: _end, principal, ...rest }) => ({
      ...rest,
      principal: principal && { ...principal, entries: principal.entries.map(({ type, value }) => ({ type, value })) },
    })),
  }
}

/** Calls of the primitives by which patterns look at a text. */
function countedSteps(pattern: string, text: string): number {
  const identity = setOf([
    parsed({ Statement: { Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${pattern}` } }, 'inline'),
  ])
  const one = {
    action: 's3:Get',
    resource: `arn:aws:s3:::${text}`,
    context: createContext([]),
    principal: { kind: 'user', accountId: '1' },
  } as const
  const spies = [vi.spyOn(String.prototype, 'indexOf'), vi.spyOn(String.prototype, 'startsWith')]
  try {
    expect(decide({ identity }, one).effect).toBe('IMPLICIT_DENY')
    return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
