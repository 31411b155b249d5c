import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const SOURCE = path.join(import.meta.dirname, '../src')

interface Room {
  /** Rooms that it may use at run time. */
  readonly uses?: readonly string[]
  /** Rooms of which it may only know types (`import type`). */
  readonly types?: readonly string[]
  /** npm packages. */
  readonly libraries?: readonly string[]
  /** Whether it may use Node's own modules; what has to run anywhere may not. */
  readonly node: boolean
}

/** Imports go one way. A room is a folder of src; `main` is what lies beside them: the composition root and its configuration. */
const ROOMS: Readonly<Record<string, Room>> = {
  policy: { node: false },
  // Codes, statuses, and what all errors have in common that a caller can be told.
  errors: { node: false },
  client: { node: false },
  console: {
    node: false,
    // As any portal does that runs in a browser.
    uses: ['client'],
    libraries: [
      '@cloudscape-design/code-view',
      '@cloudscape-design/components',
      '@cloudscape-design/global-styles',
      'react',
      'react-dom',
      'react-router',
    ],
  },
  generated: { node: true, libraries: ['@prisma/client', '@pothos/plugin-prisma'] },
  authn: {
    node: true,
    uses: ['errors'],
    types: ['policy'],
    libraries: ['@node-rs/argon2', '@xmldom/xmldom', 'jsonwebtoken', 'otplib', 'qrcode', 'xml-crypto', 'zod'],
  },
  budget: { node: true, uses: ['authn', 'errors'] },
  access: { node: true, uses: ['policy', 'authn', 'errors'] },
  // What everybody may tell; what is told goes nowhere while nobody asked for it.
  tracing: {
    node: true,
    libraries: [
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-base',
    ],
  },
  iam: { node: true, uses: ['access', 'policy', 'authn', 'budget', 'errors', 'generated', 'tracing'] },
  store: {
    node: true,
    uses: ['access', 'authn', 'errors', 'generated', 'tracing'],
    types: ['iam', 'policy'],
    libraries: [
      '@electric-sql/pglite',
      '@prisma/adapter-pg',
      '@prisma/driver-adapter-utils',
      '@prisma/schema-engine-wasm',
      'pg',
      'zod',
    ],
  },
  graphql: {
    node: true,
    uses: ['iam', 'access', 'authn', 'budget', 'policy', 'generated', 'tracing'],
    libraries: ['@graphql-tools/utils', '@pothos/core', '@pothos/plugin-prisma', '@pothos/plugin-relay', 'graphql'],
  },
  'aws-query': {
    node: true,
    uses: ['graphql', 'access', 'authn', 'errors', 'iam'],
    libraries: ['fast-xml-builder', 'graphql'],
  },
  http: {
    node: true,
    uses: ['authn', 'aws-query', 'budget', 'errors', 'graphql', 'tracing'],
    types: ['iam'],
    libraries: [
      '@escape.tech/graphql-armor-max-tokens',
      '@graphql-yoga/render-graphiql',
      'graphql',
      'graphql-yoga',
      'pino',
      'prom-client',
    ],
  },
  // Several processes behind one port; what they do there is none of its business.
  workers: { node: true },
  main: {
    node: true,
    uses: ['access', 'authn', 'budget', 'generated', 'graphql', 'http', 'iam', 'policy', 'store', 'tracing', 'workers'],
    libraries: ['zod'],
  },
  // The `latchkey` command, around everything: `start` loads main.ts.
  command: {
    node: true,
    uses: ['authn', 'budget', 'iam', 'main', 'store'],
    libraries: ['pg', 'zod'],
  },
}

/** Only these know what Prisma generated for Pothos: everybody else goes through the builder. The other one reads of it which models there are. */
const MEETS_POTHOS_TYPES = ['graphql/builder.ts', 'store/prepared-reads/tables.ts']

/** All that the AWS protocol may have of these rooms: what it does, it does by executing the schema, which is guarded. */
const OPEN_TO_AWS_QUERY: Readonly<Record<string, readonly string[]>> = {
  access: ['access/aws-names.ts'],
  authn: ['authn/authentication-error.ts', 'authn/root-user.ts', 'authn/sigv4/percent-encoding.ts'],
  iam: ['iam/constraints.ts', 'iam/errors.ts'],
}

/** The only readers of the environment, the programs: everything else is told. */
const READS_ENVIRONMENT = ['command/latchkey.ts', 'main.ts']

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = sourceFiles(SOURCE)
const imports = files.flatMap(importsOf)

describe('the architecture', () => {
  test('is checked on what is there', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(imports.length).toBeGreaterThan(100)
  })

  test('has a rule for every room', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in ROOMS))).toEqual([])
  })

  test('lets imports between rooms go one way', () => {
    expect(imports.filter(isLocal).filter(breaksRoomRule).map(describeImport)).toEqual([])
  })

  test('keeps each npm library to the rooms that are meant to know it', () => {
    const foreign = imports.filter((entry) => !isLocal(entry) && roomOf(entry.from) !== 'generated')
    expect(foreign.filter(breaksLibraryRule).map(describeImport)).toEqual([])
  })

  test('imports files that exist', () => {
    expect(
      imports
        .filter(isLocal)
        .filter(({ to }) => !existsSync(path.join(SOURCE, to)))
        .map(describeImport),
    ).toEqual([])
  })

  test('has no cycles between files', () => {
    expect(cycles(imports.filter(isLocal)).map((cycle) => cycle.join(' → '))).toEqual([])
  })

  // What is understood by itself can be read by itself: a folder stands for all files in it.
  test('has no circles between folders, nor between folders and files beside them', () => {
    expect(foldersOf(files).flatMap(circlesIn)).toEqual([])
  })

  test('keeps the schema from asking the database: a field calls a function of iam', () => {
    const asking = files
      .filter((file) => file.startsWith('graphql/'))
      .filter((file) => /\bdb\s*\.\s*(?:\$|[a-z])/.test(readFileSync(path.join(SOURCE, file), 'utf8')))
    expect(asking).toEqual([])
  })

  test('lets Prisma’s types for Pothos meet the schema in one place, and the tables in another', () => {
    const meeting = imports.filter(({ to }) => to === 'generated/pothos-types.ts').map(({ from }) => from)
    expect([...new Set(meeting)].filter((file) => !MEETS_POTHOS_TYPES.includes(file))).toEqual([])
  })

  test('has no way for the AWS protocol around the schema', () => {
    const beside = imports.filter(
      ({ from, to }) => roomOf(from) === 'aws-query' && OPEN_TO_AWS_QUERY[roomOf(to)]?.includes(to) === false,
    )
    expect(beside.map(describeImport)).toEqual([])
  })

  test('is told in ARCHITECTURE.md: what each room may import', () => {
    const rows = rowsUnder('## What may import what').slice(2)
    expect(rows).toEqual(Object.entries(ROOMS).map(([name, room]) => rowOf(name, room)))
  })

  test('is told in ARCHITECTURE.md: what is in each room', () => {
    const folders = rowsUnder('## Rooms').flatMap((row) => /^\| `src\/([\w-]+)\/` \|/.exec(row)?.slice(1) ?? [])
    expect(folders.toSorted()).toEqual(
      Object.keys(ROOMS)
        .filter((name) => name !== 'main')
        .toSorted(),
    )
  })

  test('has one reader of the environment', () => {
    const readers = files.filter((file) => roomOf(file) !== 'generated' && readsEnvironment(file))
    expect(readers.filter((file) => !READS_ENVIRONMENT.includes(file))).toEqual([])
  })
})

/** The lines of tables in a chapter of ARCHITECTURE.md. */
function rowsUnder(heading: string): string[] {
  const page = readFileSync(path.join(SOURCE, '../ARCHITECTURE.md'), 'utf8')
  const chapter = page.split(`\n${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return chapter.split('\n').filter((line) => line.startsWith('|'))
}

/** A room as the table of ARCHITECTURE.md has it. */
function rowOf(name: string, { uses = [], types = [], libraries = [], node }: Room): string {
  const listed = [uses, types, libraries].map((names) => names.map((one) => `\`${one}\``).join(', ') || '–')
  return `| \`${name}\` | ${listed.join(' | ')} | ${node ? 'yes' : 'no'} |`
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file))
    .toSorted()
}

/** The first folder; what lies directly in src is `main`. */
function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'main'
}

function isLocal({ to }: Import): boolean {
  return /\.(tsx?|css|svg)$/.test(to) && !to.startsWith('node:') && !to.startsWith('@')
}

function breaksRoomRule({ from, to, typeOnly }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)]
  if (room === target) return false
  const { uses = [], types = [] } = ROOMS[room] ?? {}
  return !uses.includes(target) && !(typeOnly && types.includes(target))
}

function breaksLibraryRule({ from, to }: Import): boolean {
  const room = ROOMS[roomOf(from)]
  if (to.startsWith('node:') || builtinModules.includes(to)) return room?.node !== true || !to.startsWith('node:')
  const library = to.split('/', to.startsWith('@') ? 2 : 1).join('/')
  return room?.libraries?.includes(library) !== true
}

function describeImport({ from, to, typeOnly }: Import): string {
  return `src/${from} imports ${typeOnly ? 'types of ' : ''}${isLocal({ from, to, typeOnly }) ? `src/${to}` : to}`
}

/** Static and dynamic imports, re-exports, and types written as `import('…')`; relative ones as a path below src. */
function importsOf(file: string): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const { text } = specifier
    const to = text.startsWith('.') ? path.posix.join(path.posix.dirname(file), text) : text
    found.push({ from: file, to, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    // `import { type A }` keeps its module at run time (verbatimModuleSyntax): only `import type` is of types alone.
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly === true)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(parse(file))
  return found
}

function readsEnvironment(file: string): boolean {
  let reads = false
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'env')
      reads ||= /\bprocess$/.test(node.expression.getText())
    if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env') reads = true
    ts.forEachChild(node, visit)
  }
  visit(parse(file))
  return reads
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(SOURCE, file), 'utf8'), ts.ScriptTarget.ESNext, true)
}

/** One cycle for each file from which the search runs back into its own path; what Prisma generates is its own business. */
function cycles(edges: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of edges) {
    if (roomOf(from) !== 'generated') targets.set(from, [...(targets.get(from) ?? []), to])
  }
  const found: string[][] = []
  const done = new Set<string>()
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push([...trail.slice(trail.indexOf(file)), file])
      return
    }
    if (done.has(file)) return
    for (const to of targets.get(file) ?? []) walk(to, [...trail, file])
    done.add(file)
  }
  for (const file of targets.keys()) walk(file, [])
  return found
}

/** Every folder, and src itself as `.`; what Prisma generates is its own business. */
function foldersOf(paths: readonly string[]): string[] {
  const holding = paths
    .filter((file) => roomOf(file) !== 'generated')
    .flatMap((file) => file.split('/').map((_, depth, names) => names.slice(0, depth).join('/')))
  return [...new Set(holding.map((folder) => folder || '.'))].toSorted()
}

/** The circles among the direct children of a folder: each is told with the imports that make it. */
function circlesIn(folder: string): string[] {
  const inside = folder === '.' ? '' : `${folder}/`
  const childOf = (file: string): string => file.slice(inside.length).split('/')[0] ?? ''
  const between = imports
    .filter(isLocal)
    .filter(({ from, to }) => from.startsWith(inside) && to.startsWith(inside) && roomOf(from) !== 'generated')
    .filter(({ from, to }) => childOf(from) !== childOf(to))
  const steps = between.map((entry) => ({ ...entry, from: childOf(entry.from), to: childOf(entry.to) }))
  const told = cycles(steps).map((circle) => {
    const making = circle.slice(1).map((to, n) => {
      const step = between.find((entry) => childOf(entry.from) === circle[n] && childOf(entry.to) === to)
      return step ? describeImport(step) : ''
    })
    return [`src/${inside}: ${circle.join(' → ')}`, ...making].join('\n  ')
  })
  // Many imports make the same step.
  return [...new Set(told)]
}
