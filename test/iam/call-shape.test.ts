import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const SOURCE = path.join(import.meta.dirname, '../../src/iam')

/** Helpers that operations are made of: they take a call and are none themselves. */
const HELPERS = ['change', 'recorded', 'recordingFailure', 'changeHolder', 'openTrail']

/** Reads take third what the client asked of the rows, or of the nodes of a page. */
const READ = ['asked', 'nodes']

interface Taking {
  readonly name: string
  /** Names of all parameters. */
  readonly parameters: readonly string[]
}

const taking = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap(functionsTakingCalls)

describe('an operation', () => {
  test('is looked for where operations are', () => {
    expect(taking.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['createUser', 'assumeRole', 'signIn', 'assumeRoleWithWebIdentity', ...HELPERS]),
    )
  })

  test('takes a call and one input, if any: what else it needs is behind the call', () => {
    const operations = taking.filter(({ name }) => !HELPERS.includes(name))
    const others = operations.filter(({ parameters: [, , third] }) => third !== undefined && !READ.includes(third))
    expect(others).toEqual([])
    expect(operations.filter(({ parameters }) => parameters.length > 3)).toEqual([])
  })
})

/** Exported functions whose first parameter is the call that they carry out. */
function functionsTakingCalls(file: string): Taking[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(SOURCE, file), 'utf8'), ts.ScriptTarget.ESNext, true)
  return source.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return []
    const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
    const parameters = statement.parameters.map(({ name }) => name.getText())
    return exported && parameters[0] === 'call' ? [{ name: statement.name.text, parameters }] : []
  })
}
