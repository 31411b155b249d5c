import { parseOperatorName, spellOperator } from '../condition/registry.ts'
import type { ConditionClause, PolicyKind, PolicyVersion, PrincipalType } from '../types.ts'
import type { JsonNode, JsonObject, JsonString } from './json.ts'
import { refuse } from './refusal.ts'

/** What a policy says, before the rules of its kind: elements are known and of the right type, nothing more. */
export interface Structure {
  readonly node: JsonObject
  readonly version?: JsonString & { readonly value: PolicyVersion }
  readonly id?: string
  readonly statements: readonly StatementStructure[]
}

export interface StatementStructure {
  readonly node: JsonObject
  readonly sid?: JsonString
  readonly effect?: JsonString
  readonly principal?: PrincipalStructure
  readonly notPrincipal?: PrincipalStructure
  readonly action?: ListStructure
  readonly notAction?: ListStructure
  readonly resource?: ListStructure
  readonly notResource?: ListStructure
  readonly conditions: readonly ClauseStructure[]
}

export interface ClauseStructure extends ConditionClause {
  readonly node: JsonNode
}

export interface ListStructure {
  readonly node: JsonNode
  readonly values: readonly JsonString[]
}

export interface PrincipalStructure {
  readonly node: JsonNode
  readonly entries: readonly { readonly type: PrincipalType; readonly value: JsonString }[]
}

/** IAM words the same fault differently for identity policies and for trust policies. */
interface Texts {
  readonly syntax: string
  readonly version: string
  readonly noStatement: string
}

const SYNTAX_ERRORS = 'Syntax errors in policy.'
const IDENTITY_TEXTS: Texts = { syntax: SYNTAX_ERRORS, version: SYNTAX_ERRORS, noStatement: SYNTAX_ERRORS }
const TRUST_TEXTS: Texts = {
  syntax: 'Syntax error in policy.',
  version: 'The policy must contain a valid version string',
  noStatement: 'Could not parse the policy: Statement is empty!',
}

/** The text for what is no JSON at all. */
export function invalidJsonText(kind: PolicyKind): string {
  return kind === 'trust' ? 'This policy contains invalid Json' : SYNTAX_ERRORS
}

const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement']
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]
const PRINCIPAL_TYPES: readonly PrincipalType[] = ['AWS', 'Service', 'Federated', 'CanonicalUser']

/** Throws Refusal. */
export function readStructure(root: JsonNode, kind: PolicyKind): Structure {
  return new StructureReader(kind === 'trust' ? TRUST_TEXTS : IDENTITY_TEXTS).document(root)
}

class StructureReader {
  readonly #texts: Texts

  constructor(texts: Texts) {
    this.#texts = texts
  }

  document(root: JsonNode): Structure {
    const { node, members } = this.#object(root, DOCUMENT_ELEMENTS)
    const version = this.#version(members.get('Version'))
    const id = members.has('Id') ? this.#string(members.get('Id')!).value : undefined
    const list = members.get('Statement')
    if (list === undefined) refuse(this.#texts.noStatement, node)
    const items = list.type === 'array' ? list.items : [list]
    if (items.length === 0) refuse(this.#texts.noStatement, list)
    return { node, version, id, statements: items.map((item) => this.#statement(item)) }
  }

  #version(node: JsonNode | undefined): Structure['version'] {
    if (node === undefined) return undefined
    if (node.type !== 'string' || !isVersion(node.value)) refuse(this.#texts.version, node)
    return { ...node, value: node.value }
  }

  #statement(item: JsonNode): StatementStructure {
    const { node, members } = this.#object(item, STATEMENT_ELEMENTS)
    const read = <T>(name: string, reader: (node: JsonNode) => T): T | undefined => {
      const member = members.get(name)
      return member && reader(member)
    }
    for (const name of ['Action', 'Resource', 'Principal']) {
      const negated = members.get(`Not${name}`)
      if (members.has(name) && negated !== undefined) refuse(this.#texts.syntax, negated)
    }
    return {
      node,
      sid: read('Sid', (value) => this.#string(value)),
      effect: read('Effect', (value) => this.#string(value)),
      principal: read('Principal', (value) => this.#principal(value)),
      notPrincipal: read('NotPrincipal', (value) => this.#principal(value)),
      action: read('Action', (value) => this.#list(value)),
      notAction: read('NotAction', (value) => this.#list(value)),
      resource: read('Resource', (value) => this.#list(value)),
      notResource: read('NotResource', (value) => this.#list(value)),
      conditions: read('Condition', (value) => this.#conditions(value)) ?? [],
    }
  }

  #principal(node: JsonNode): PrincipalStructure {
    if (node.type === 'string') {
      if (node.value !== '*') refuse(this.#texts.syntax, node)
      return { node, entries: [{ type: 'AWS', value: node }] }
    }
    const { members } = this.#object(node, PRINCIPAL_TYPES)
    const entries = [...members].flatMap(([name, list]) => {
      const type = PRINCIPAL_TYPES.find((known) => known === name)
      return type === undefined ? [] : this.#list(list).values.map((value) => ({ type, value }))
    })
    return { node, entries }
  }

  #conditions(node: JsonNode): ClauseStructure[] {
    const seen = new Set<string>()
    return this.#object(node).node.members.flatMap(({ key: operatorKey, value: keys }) => {
      const operator = parseOperatorName(operatorKey.value)
      // An operator of any name may stand over nothing.
      if (operator === undefined && keys.type === 'object' && keys.members.length === 0) return []
      if (operator === undefined) refuse(this.#texts.syntax, { start: operatorKey.start, path: keys.path })
      const spelling = spellOperator(operator)
      // AWS refuses an operator, or a key under it, that is written twice with other case
      if (seen.has(spelling)) refuse(this.#texts.syntax, { start: operatorKey.start, path: keys.path })
      seen.add(spelling)
      const seenKeys = new Set<string>()
      return this.#object(keys).node.members.map(({ key, value }) => {
        const lower = key.value.toLowerCase()
        if (seenKeys.has(lower)) refuse(this.#texts.syntax, { start: key.start, path: value.path })
        seenKeys.add(lower)
        return { ...operator, key: key.value, values: this.#scalars(value), node: value }
      })
    })
  }

  /** Numbers and booleans may be written without quotes. */
  #scalars(node: JsonNode): string[] {
    return (node.type === 'array' ? node.items : [node]).map((item) => {
      if (item.type !== 'string' && item.type !== 'number' && item.type !== 'boolean') refuse(this.#texts.syntax, item)
      return item.value
    })
  }

  #list(node: JsonNode): ListStructure {
    return { node, values: (node.type === 'array' ? node.items : [node]).map((item) => this.#string(item)) }
  }

  #string(node: JsonNode): JsonString {
    return node.type === 'string' ? node : refuse(this.#texts.syntax, node)
  }

  #object(node: JsonNode, known?: readonly string[]): { node: JsonObject; members: Map<string, JsonNode> } {
    if (node.type !== 'object') refuse(this.#texts.syntax, node)
    for (const { key, value } of node.members) {
      if (known?.includes(key.value) === false) refuse(this.#texts.syntax, { start: key.start, path: value.path })
    }
    return { node, members: new Map(node.members.map(({ key, value }) => [key.value, value])) }
  }
}

function isVersion(text: string): text is PolicyVersion {
  return text === '2012-10-17' || text === '2008-10-17'
}
