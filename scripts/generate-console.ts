/**
 * tsx scripts/generate-console.ts   writes what the console is compiled against, all of it from schema.graphql and the console's
 * documents.graphql; nothing of it is committed. `npm run generate` and the build do the same.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildASTSchema, parse } from 'graphql'
import { consoleActions } from './console-actions.ts'
import { consoleDocuments } from './console-documents.ts'

const ROOT = path.join(import.meta.dirname, '..')
const CONSOLE = 'src/console'

/** Writes the files that the console takes from a schema, given as its text, and removes those that it takes no more. */
export async function generateConsole(schemaText: string): Promise<void> {
  const schema = parse(schemaText)
  const printed = { ...(await consoleDocuments(buildASTSchema(schema))), ...consoleActions(schema) }
  for (const [file, text] of Object.entries(printed)) {
    const target = path.join(ROOT, file)
    // The build of the console looks at times: what says the same stays as it is.
    if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
  }
  for (const name of readdirSync(path.join(ROOT, CONSOLE), { recursive: true, encoding: 'utf8' })) {
    const file = `${CONSOLE}/${name.replaceAll('\\', '/')}`
    if (file.endsWith('.generated.ts') && !(file in printed)) rmSync(path.join(ROOT, file))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await generateConsole(readFileSync(path.join(ROOT, 'schema.graphql'), 'utf8'))
