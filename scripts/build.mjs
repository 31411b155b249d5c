// npm run build: everything that `node dist/main.js` needs, as far as it is older than its sources.
//   src/generated     Prisma's client
//   src/console/**/*.generated.ts   what the console is compiled against
//   dist/**/*.js      transpiled file by file, for who imports them: types are checked by `npm run types`, which takes ten times as long
//   dist/program      what is started, bundled
//   dist/**/*.d.ts    only with --declarations
//   dist/console      the web portal, by Vite, with its files compressed beside them
//   dist/pglite-image-*.tar.gz   the empty, migrated database that a first embedded start loads
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildConsole, CONSOLE_BUILT_FROM, CONSOLE_FOLDER } from './build-console.mjs'
import { bundlePrograms, PROGRAM_FOLDER, PROGRAMS } from './bundle-programs.mjs'
import { writeChanged } from './write-changed.mjs'

const ROOT = path.join(import.meta.dirname, '..')
const STAMP = 'dist/.built'
const CONSOLE_STAMP = 'dist/.console-generated'
const BUILT_FROM = [
  'prisma',
  'scripts/build.mjs',
  'scripts/bundle-programs.mjs',
  'scripts/write-changed.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
]
const CONSOLE_ACTIONS = path.normalize('src/console/access/action-name.generated.ts')
const CONSOLE_GENERATED_FROM = [
  'schema.graphql',
  'scripts/console-actions.ts',
  'scripts/console-documents.ts',
  'scripts/generate-console.ts',
  'package-lock.json',
]
const GENERATED = ['src/generated/prisma/client.ts', 'src/generated/pothos-types.ts']

export async function build({ declarations = false } = {}) {
  process.chdir(ROOT)
  if (GENERATED.some((file) => isOlder(file, ['prisma/schema.prisma', 'package-lock.json']))) generate()
  if (consoleLags()) generateConsole()
  if (isOlder(`${CONSOLE_FOLDER}/pages.json`, CONSOLE_BUILT_FROM)) await buildConsole()
  if (isOlder(STAMP, [...serverSources(), ...BUILT_FROM])) {
    await transpile()
    await bundlePrograms()
    // Without the image the first start makes the database itself, some seconds slower: no reason to fail an installation.
    run(process.execPath, ['--import', 'tsx', 'scripts/prepare-image.ts'])
    writeFileSync(STAMP, '')
  }
  if (declarations) runOrExit('tsc', ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'])
}

/** Whether `file` is missing, or older than any of the sources. */
function isOlder(file, sources) {
  return !existsSync(file) || sources.some((source) => newest(source) > statSync(file).mtimeMs)
}

/** All of src but the console, which is built by itself. */
function serverSources() {
  return readdirSync('src')
    .filter((name) => name !== 'console')
    .map((name) => `src/${name}`)
}

function newest(file) {
  const { mtimeMs } = statSync(file)
  if (!statSync(file).isDirectory()) return mtimeMs
  return Math.max(...readdirSync(file).map((name) => newest(path.join(file, name))), 0)
}

function generate() {
  runOrExit('prisma', ['generate'], { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' })
  for (const file of GENERATED) if (!existsSync(file)) fail(`prisma generate did not make ${file}`)
}

/** Whether a generated file of the console is missing, left over, or older than what it is made from. */
function consoleLags() {
  const files = readdirSync('src/console', { recursive: true, encoding: 'utf8' }).map((file) =>
    path.join('src/console', file),
  )
  const documents = files.filter((file) => path.basename(file) === 'documents.graphql')
  const due = [CONSOLE_ACTIONS, ...documents.map((file) => file.replace(/\.graphql$/, '.generated.ts'))]
  const there = files.filter((file) => file.endsWith('.generated.ts'))
  return (
    due.length !== there.length ||
    due.some((file) => !there.includes(file)) ||
    isOlder(CONSOLE_STAMP, [...documents, ...CONSOLE_GENERATED_FROM])
  )
}

function generateConsole() {
  runOrExit(process.execPath, ['--import', 'tsx', 'scripts/generate-console.ts'])
  mkdirSync('dist', { recursive: true })
  writeFileSync(CONSOLE_STAMP, '')
}

/** Each file by itself: isolatedModules and erasableSyntaxOnly see to it that nothing more is needed. The programs are bundled. */
async function transpile() {
  const { default: ts } = await import('typescript')
  const { config } = ts.readConfigFile('tsconfig.build.json', (file) => ts.sys.readFile(file))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  // One file has neither a root nor a package.json beside it that would say what kind of module it is.
  const module = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
  const compilerOptions = { ...options, ...module, declaration: false, rootDir: undefined, outDir: undefined }
  const made = new Set(PROGRAMS.map((name) => path.join('dist', `${name}.js`)))
  const sources = serverSources().flatMap((source) =>
    source.endsWith('.ts')
      ? [path.basename(source)]
      : readdirSync(source, { recursive: true, encoding: 'utf8' }).map((file) =>
          path.join(path.basename(source), file),
        ),
  )
  const started = new Set(PROGRAMS.map((name) => path.normalize(`${name}.ts`)))
  for (const file of sources.filter((name) => name.endsWith('.ts') && !started.has(name))) {
    const target = path.join('dist', file.replace(/\.ts$/, '.js'))
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(
      readFileSync(path.join('src', file), 'utf8'),
      {
        compilerOptions,
        fileName: path.join('src', file),
        reportDiagnostics: true,
      },
    )
    if (diagnostics?.length) fail(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)))
    writeChanged(target, outputText)
    writeChanged(
      `${target}.map`,
      withSource(sourceMapText, path.relative(path.dirname(target), path.join('src', file))),
    )
    made.add(target).add(`${target}.map`)
  }
  removeLeftovers(made)
}

/** transpileModule knows no outDir, so its map points beside the output. */
function withSource(sourceMapText, source) {
  return JSON.stringify({ ...JSON.parse(sourceMapText), sources: [source.replaceAll('\\', '/')] })
}

/** Files whose source is gone, and declarations that may no longer fit. */
function removeLeftovers(made) {
  for (const name of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
    const file = path.join('dist', name)
    if ([CONSOLE_FOLDER, PROGRAM_FOLDER].some((folder) => file.startsWith(path.join(folder, path.sep)))) continue
    if (/\.(js|js\.map|d\.ts)$/.test(file) && !made.has(file)) rmSync(file)
  }
}

/** The tools of this package are on the PATH whoever called us; prisma looks there for its generator, too. */
function run(command, args, env = {}) {
  const tools = path.join(ROOT, 'node_modules/.bin')
  return spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${tools}${path.delimiter}${process.env.PATH}`, ...env },
  })
}

/** What a tool says is for whoever has to mend it. */
function runOrExit(command, args, env) {
  const { status, stdout, stderr, error } = run(command, args, env)
  if (status !== 0)
    fail(`${stdout ?? ''}${stderr ?? ''}${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await build({ declarations: process.argv.includes('--declarations') })
