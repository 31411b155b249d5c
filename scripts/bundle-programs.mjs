// What is started, bundled: `node dist/main.js` and `node dist/command/latchkey.js` load a few files instead of some 1,700 of ours and
// of npm packages, which took three fifths of the time until a program is loaded.
//   dist/program                          main.js and latchkey.js; what only some commands or settings need is in files beside them
//   dist/main.js, dist/command/latchkey.js   only load them
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { writeChanged } from './write-changed.mjs'

/** As deep as the folders of `src`: a module finds the package's files by its own place. */
export const PROGRAM_FOLDER = 'dist/program'
/** Below `src`, without `.ts`. */
export const PROGRAMS = ['main', 'command/latchkey']
/** Loaded from where npm put them: what has files beside its code (WebAssembly, a library, workers), or is large and rarely wanted. */
const LEFT_OUT = [
  /^@electric-sql\/pglite/,
  /^@graphql-yoga\/render-graphiql/,
  /^@node-rs\/argon2/,
  // But for its API, of which there may be several: they meet in one global.
  /^@opentelemetry\/(?!api$)/,
  /^@prisma\/client\/runtime/,
  /^@prisma\/schema-engine-wasm/,
  /^pino$/,
]

export async function bundlePrograms() {
  const { build } = await import('rolldown')
  const { output } = await build({
    input: PROGRAMS.map((name) => `src/${name}.ts`),
    platform: 'node',
    external: LEFT_OUT,
    write: false,
    output: {
      dir: PROGRAM_FOLDER,
      format: 'esm',
      sourcemap: true,
      // Node reads a map as a whole when it loads the file: names and places, without what the sources say.
      sourcemapExcludeSources: true,
    },
  })
  for (const file of output)
    writeChanged(path.join(PROGRAM_FOLDER, file.fileName), file.type === 'chunk' ? file.code : file.source)
  for (const name of PROGRAMS) {
    const program = path.posix.relative(path.dirname(`dist/${name}`), `${PROGRAM_FOLDER}/${path.basename(name)}.js`)
    writeChanged(
      `dist/${name}.js`,
      `#!/usr/bin/env node\nimport '${program.startsWith('.') ? program : `./${program}`}'\n`,
    )
  }
  const made = new Set(output.map(({ fileName }) => fileName))
  for (const name of readdirSync(PROGRAM_FOLDER)) if (!made.has(name)) rmSync(path.join(PROGRAM_FOLDER, name))
}
