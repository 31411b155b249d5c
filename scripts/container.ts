/**
 * npx tsx scripts/container.ts   builds the container of deploy/container/ and looks whether it serves and stops
 *
 * Needs buildah, and to be root. The registry of images is not asked: in the place of node's image stands one of this machine's own
 * node, npm and C library. Without buildah it says so and is left out; with REQUIRE_BUILDAH=1 that fails.
 */
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './readme/server.ts'

const ROOT = path.join(import.meta.dirname, '..')
const BASE = 'localhost/latchkey-node'
const IMAGE = 'localhost/latchkey'
const USER = '10001:10001'
const DATA = '/var/lib/latchkey'
/** Of Debian: what `RUN` lines use, and what node and compiled packages load. */
const PACKAGES = [
  'dash',
  'bash',
  'coreutils',
  'libc6',
  'libc-bin',
  'libgcc-s1',
  'libstdc++6',
  'libselinux1',
  'libpcre2-8-0',
  'libtinfo6',
  'libacl1',
  'libattr1',
  'libgmp10',
  'libcrypto3',
  'libssl3',
  'gcc-12-base',
]
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const START_MS = 60_000
const STOP_MS = 30_000

const scratch = mkdtempSync(path.join(os.tmpdir(), 'latchkey-container-'))
const buildahFlags = ['--root', path.join(scratch, 'storage'), '--runroot', path.join(scratch, 'run')]
// A chroot in the place of a runtime: neither cgroups nor namespaces are needed, which machines of CI do not give.
const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' }

try {
  const missing = whatIsMissing()
  if (missing === null) await tryContainer()
  else if (process.env.REQUIRE_BUILDAH === '1') throw new Error(missing)
  else console.log(`left out: the container: ${missing}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  spawnSync('buildah', [...buildahFlags, 'rm', '--all'], { env })
  spawnSync('buildah', [...buildahFlags, 'umount', '--all'], { env })
  rmSync(scratch, { recursive: true, force: true })
}

function whatIsMissing(): string | null {
  if (process.getuid?.() !== 0) return 'it is built by root only'
  if (spawnSync('buildah', ['--version']).status !== 0) return 'there is no buildah'
  return existsSync('/usr/bin/dpkg') ? null : 'its base is made of Debian packages'
}

async function tryContainer(): Promise<void> {
  makeBase()
  build()
  const container = buildah('from', IMAGE).trim()
  checkConfiguration(container)
  const inside = (script: string) => buildah('run', '--user', USER, container, '--', 'sh', '-c', script)
  expectSame(inside(`id -u; stat -c '%a %u' ${DATA}; touch /opt/latchkey/x 2>&1 || echo refused`).trim(), [
    '10001',
    '700 10001',
    "touch: cannot touch '/opt/latchkey/x': Permission denied",
    'refused',
  ])
  await serveAndStop(container)
  console.log('the container is built, serves as nobody in particular, and stops when it is told to')
}

/** What is served: its readiness, the console, and an end with 0 on SIGTERM. */
async function serveAndStop(container: string): Promise<void> {
  const port = await freePort()
  const args = [
    'run',
    '--network',
    'host',
    '--user',
    USER,
    '--env',
    `PORT=${port}`,
    container,
    '--',
    'node',
    '--enable-source-maps',
    'dist/main.js',
  ]
  const server = spawn('buildah', [...buildahFlags, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text))
  const ended = new Promise<number | null>((resolve) => server.once('close', resolve))
  const url = `http://127.0.0.1:${port}`
  const readyBy = Date.now() + START_MS
  while (!(await answers(`${url}/readyz`))) {
    if (Date.now() > readyBy || server.exitCode !== null) throw new Error(`the container does not serve:\n${printed}`)
    await pause(200)
  }
  if (!(await answers(`${url}/sign-in`))) throw new Error('the container serves no console')
  server.kill('SIGTERM')
  const code = await Promise.race([ended, pause(STOP_MS, 'nothing')])
  if (code !== 0) throw new Error(`the container ended with ${code} on SIGTERM:\n${printed}`)
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}

/** What who runs it relies on. */
function checkConfiguration(container: string): void {
  const { OCIv1: image } = JSON.parse(buildah('inspect', container))
  const { User, Volumes, StopSignal, Entrypoint, ExposedPorts } = image.config
  expectSame(JSON.stringify({ User, Volumes, StopSignal, Entrypoint, ExposedPorts }), [
    JSON.stringify({
      User: USER,
      Volumes: { [DATA]: {} },
      StopSignal: 'SIGTERM',
      Entrypoint: ['node', '--enable-source-maps', 'dist/main.js'],
      ExposedPorts: { '4000/tcp': {} },
    }),
  ])
}

function expectSame(text: string, lines: readonly string[]): void {
  if (text !== lines.join('\n')) throw new Error(`expected ${lines.join('\n')}\nbut it is ${text}`)
}

/** An image of this machine's node, npm and what they need. */
function makeBase(): void {
  const base = path.join(scratch, 'base')
  for (const folder of ['usr/bin', 'usr/sbin', 'usr/lib', 'usr/lib64', 'etc/ssl/certs', 'root', 'tmp', 'var/lib'])
    mkdirSync(path.join(base, folder), { recursive: true })
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${folder}`, path.join(base, folder))
  const files = PACKAGES.flatMap((name) => spawnSync('dpkg', ['-L', name], { encoding: 'utf8' }).stdout.split('\n'))
  const wanted = files.filter(
    (file) => /^(\/usr)?\/(bin|sbin|lib|lib64)\//.test(file) && !/\/(gconv|locale)\//.test(file),
  )
  const list = path.join(scratch, 'files')
  writeFileSync(list, [...new Set(wanted)].join('\n'))
  run('sh', ['-c', `tar --no-recursion -cf - -T ${list} 2>/dev/null | tar -xf - -C ${base} --keep-directory-symlink`])
  const node = realpathSync(process.execPath)
  run('cp', [node, path.join(base, 'usr/bin/node')])
  const npm = path.join(realpathSync(spawnSync('which', ['npm'], { encoding: 'utf8' }).stdout.trim()), '../..')
  run('cp', ['-r', npm, path.join(base, 'usr/lib/npm')])
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/npm/bin/${name}-cli.js`, path.join(base, 'usr/bin', name))
  writeFileSync(path.join(base, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\n')
  writeFileSync(path.join(base, 'etc/group'), 'root:x:0:\n')
  const container = buildah('from', 'scratch').trim()
  buildah('copy', '--quiet', container, base, '/')
  buildah('run', container, '--', 'ldconfig')
  buildah('commit', '--quiet', '--rm', container, BASE)
}

/** With this machine's settings of npm, certificates and what npm has downloaded before. */
function build(): void {
  const settings = path.join(scratch, 'npmrc')
  const own = path.join(os.homedir(), '.npmrc')
  const lines = existsSync(own) ? readFileSync(own, 'utf8') : ''
  writeFileSync(settings, `${lines}\nprefer-offline=true\n`)
  const cache = spawnSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).stdout.trim()
  const volumes = [
    `${settings}:/root/.npmrc:ro`,
    ...(existsSync(CERTIFICATES) ? [`${CERTIFICATES}:${CERTIFICATES}:ro`] : []),
    `${cache}:/root/.npm`,
  ]
  const flags = ['--quiet', '--layers=false', '--network', 'host', ...volumes.flatMap((volume) => ['--volume', volume])]
  const file = path.join(ROOT, 'deploy/container/Containerfile')
  buildah('build', ...flags, '--build-arg', `NODE_IMAGE=${BASE}`, '--file', file, '--tag', IMAGE, ROOT)
}

function buildah(...args: readonly string[]): string {
  return run('buildah', [...buildahFlags, ...args])
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env, maxBuffer: 64_000_000 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}
