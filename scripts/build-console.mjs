// The web portal: src/console becomes static files in dist/console, ready to be served as they are.
//   assets/*.{js,css,svg}   with the hash of their content in their names
//   *.br, *.gz              the same, compressed
//   pages.json              first segments of the portal's addresses: the folders of src/console/pages
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export const CONSOLE_FOLDER = 'dist/console'
export const CONSOLE_BUILT_FROM = [
  'src/console',
  'src/client',
  'scripts/build-console.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const SOURCE = 'src/console'
/** What compression makes at least a little smaller. */
const WORTHWHILE_BYTES = 1024
/** One step below the best: the best takes four times as long for two percent. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

export async function buildConsole() {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: SOURCE,
    logLevel: 'warn',
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
