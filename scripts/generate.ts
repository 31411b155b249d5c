/**
 * npm run generate            writes what is printed from the code: schema.graphql, the permission table, the console's documents
 * npm run generate -- --check  only compares; exit code 1 when the committed files lag behind
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { permissionTable, printSchemaFile } from '../src/graphql/print.ts'
import { buildSchema } from '../src/graphql/schema.ts'
import { consoleDocuments } from './console-documents.ts'

const ROOT = path.join(import.meta.dirname, '..')
const schema = buildSchema()
const printed = {
  'schema.graphql': printSchemaFile(schema),
  'docs/permissions.md': permissionTable(schema),
  ...(await consoleDocuments(schema)),
}

for (const [file, text] of Object.entries(printed)) {
  if (text === committed(file)) continue
  if (process.argv.includes('--check')) {
    console.error(`${file} lags behind the code: npm run generate`)
    process.exitCode = 1
  } else {
    writeFileSync(path.join(ROOT, file), text)
    console.log(`wrote ${file}`)
  }
}

function committed(file: string): string | null {
  try {
    return readFileSync(path.join(ROOT, file), 'utf8')
  } catch {
    return null
  }
}
