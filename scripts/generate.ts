/**
 * npm run generate            writes what is printed from the code: schema.graphql and two tables of docs/, which are committed, and
 *                             what the console is compiled against, which is not
 * npm run generate -- --check  only compares what is committed; exit code 1 when it lags behind
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { permissionTable, printSchemaFile } from '../src/graphql/print.ts'
import { buildSchema } from '../src/graphql/schema.ts'
import { awsOperationsTable } from './aws-operations.ts'
import { generateConsole } from './generate-console.ts'

const ROOT = path.join(import.meta.dirname, '..')
const SCHEMA = 'schema.graphql'
const checks = process.argv.includes('--check')
const schema = buildSchema()
const printed = {
  [SCHEMA]: printSchemaFile(schema),
  'docs/permissions.md': permissionTable(schema),
  'docs/aws-operations.md': awsOperationsTable(schema),
}

for (const [file, text] of Object.entries(printed)) {
  if (text === committed(file)) continue
  if (checks) {
    console.error(`${file} lags behind the code: npm run generate`)
    process.exitCode = 1
  } else {
    writeFileSync(path.join(ROOT, file), text)
    console.log(`wrote ${file}`)
  }
}
if (!checks) await generateConsole(printed[SCHEMA])

function committed(file: string): string | null {
  try {
    return readFileSync(path.join(ROOT, file), 'utf8')
  } catch {
    return null
  }
}
