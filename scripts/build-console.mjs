// The web portal: src/console becomes static files in dist/console, ready to be served as they are.
//   assets/*.{js,css,svg}   with the hash of their content in their names
//   *.br, *.gz              the same, compressed
//   pages.json              first segments of the portal's addresses: the folders of src/console/pages
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { consoleChunks } from './console-chunks.mjs'
import { LEAN_ALIASES, leanComponents } from './console-lean.mjs'
import { fontFiles, shortTokens } from './console-styles.mjs'

export const CONSOLE_FOLDER = 'dist/console'
export const CONSOLE_BUILT_FROM = [
  'src/console',
  'src/client',
  'scripts/build-console.mjs',
  'scripts/console-chunks.mjs',
  'scripts/console-lean.mjs',
  'scripts/console-styles.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const SOURCE = 'src/console'
/** What compression makes at least a little smaller. */
const WORTHWHILE_BYTES = 1024
/** The best: a file is compressed once, and sent to everybody. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }

export async function buildConsole() {
  const { build } = await import('vite')
  const chunks = consoleChunks('/src/console/shell/shell.tsx')
  await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'warn',
    resolve: { alias: LEAN_ALIASES },
    plugins: [chunks.plugin, leanComponents(), shortTokens(), fontFiles()],
    build: {
      outDir: path.resolve(CONSOLE_FOLDER),
      emptyOutDir: true,
      target: 'es2022',
      // Every script is a file of its own: the content security policy allows no other.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      reportCompressedSize: false,
      rolldownOptions: {
        output: { codeSplitting: chunks.codeSplitting },
        // Components say 'use client' for frameworks that render on a server.
        onwarn: (warning, warn) => void (warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning)),
      },
    },
  })
  const files = ['index.html', ...readdirSync(`${CONSOLE_FOLDER}/assets`).map((name) => `assets/${name}`)]
  await Promise.all(files.map((file) => compress(path.join(CONSOLE_FOLDER, file))))
  const pages = readdirSync(`${SOURCE}/pages`, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  writeFileSync(`${CONSOLE_FOLDER}/pages.json`, JSON.stringify(pages.map(({ name }) => name).toSorted()))
}

async function compress(file) {
  const content = readFileSync(file)
  if (content.length < WORTHWHILE_BYTES || file.endsWith('.woff2')) return
  const [br, gz] = await Promise.all([promisify(brotliCompress)(content, QUALITY), promisify(gzip)(content)])
  writeFileSync(`${file}.br`, br)
  writeFileSync(`${file}.gz`, gz)
}
