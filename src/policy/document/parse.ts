import type { PatternList, PolicyDocument, PolicyKind, Position, PrincipalElement, Statement } from '../types.ts'
import { checkIdentityRules } from './identity-rules.ts'
import { JsonFault, readJson } from './json.ts'
import { Lines } from './lines.ts'
import { MalformedPolicyDocument } from './malformed.ts'
import { Refusal } from './refusal.ts'
import {
  invalidJsonText,
  type ListStructure,
  type PrincipalStructure,
  readStructure,
  type StatementStructure,
  type Structure,
} from './structure.ts'
import { checkTrustRules } from './trust-rules.ts'

export type ParseResult =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly error: MalformedPolicyDocument }

export interface ParseOptions {
  /**
   * The text was accepted when it was written, maybe by an earlier release: rules that came later are not held against it,
   * because a policy that cannot be read any more takes everything from its holders, and a Deny from everybody else. What such
   * a text says beyond the rules (a date that is none, a principal that is none) matches nothing.
   */
  readonly stored?: boolean
}

/**
 * Reads a policy text as IAM does when it is written: `managed` must be version 2012-10-17, the other kinds may be older
 * or without Version. Answers every input; never throws.
 */
export function parsePolicy(text: string, kind: PolicyKind, { stored = false }: ParseOptions = {}): ParseResult {
  let lines: Lines | undefined
  try {
    lines = new Lines(text)
    const structure = readStructure(readJson(text), kind)
    if (kind === 'trust') checkTrustRules(structure, stored)
    else checkIdentityRules(structure, kind, stored)
    return { ok: true, document: build(structure, kind, lines) }
  } catch (error) {
    const invalid = invalidJsonText(kind)
    const message = error instanceof Refusal ? error.message : invalid
    const path = error instanceof Refusal || error instanceof JsonFault ? error.path : '$'
    const offset = error instanceof Refusal || error instanceof JsonFault ? error.offset : 0
    const { line, column } = lines?.at(offset) ?? { line: 1, column: 1 }
    return { ok: false, error: new MalformedPolicyDocument(message, path, line, column) }
  }
}

function build({ version, id, statements }: Structure, kind: PolicyKind, lines: Lines): PolicyDocument {
  return Object.freeze({
    kind,
    version: version?.value ?? '2008-10-17',
    ...(version && { declaredVersion: version.value }),
    ...(id !== undefined && { id }),
    statements: Object.freeze(statements.map((statement, index) => buildStatement(statement, index, lines))),
  })
}

function buildStatement(structure: StatementStructure, index: number, lines: Lines): Statement {
  const { node, sid, effect, principal, notPrincipal, action, notAction, resource, notResource, conditions } = structure
  const principals = principal ?? notPrincipal
  const resources = resource ?? notResource
  return Object.freeze({
    index,
    ...(sid && { sid: sid.value }),
    effect: effect?.value === 'Allow' ? 'Allow' : 'Deny',
    ...(principals && { principal: buildPrincipal(principals, notPrincipal !== undefined, lines) }),
    action: buildList((action ?? notAction)!, notAction !== undefined),
    ...(resources && { resource: buildList(resources, notResource !== undefined) }),
    conditions: Object.freeze(
      conditions.map(({ node: _node, ...clause }) =>
        Object.freeze({ ...clause, values: Object.freeze(clause.values) }),
      ),
    ),
    start: lines.at(node.start),
    end: lines.at(node.end),
  })
}

function buildList({ values }: ListStructure, negated: boolean): PatternList {
  return Object.freeze({ negated, values: Object.freeze(values.map(({ value }) => value)) })
}

function buildPrincipal({ entries }: PrincipalStructure, negated: boolean, lines: Lines): PrincipalElement {
  const span = (start: number, end: number): { start: Position; end: Position } => ({
    start: lines.at(start),
    end: lines.at(end),
  })
  return Object.freeze({
    negated,
    entries: Object.freeze(
      entries.map(({ type, value }) =>
        Object.freeze({ type, value: value.value, path: value.path, ...span(value.start, value.end) }),
      ),
    ),
  })
}
