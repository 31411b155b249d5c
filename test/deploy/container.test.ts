import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { freePort } from '../durability/server-process.ts'
import { makeBase } from './container-base.ts'

/** Set by .ci/run where it could install buildah: the build takes two minutes, and needs root and a Debian. */
const WANTED = process.env.TEST_CONTAINER === '1'
const ROOT = path.join(import.meta.dirname, '../..')
const BASE = 'localhost/latchkey-node'
const IMAGE = 'localhost/latchkey'
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'
const TIMEOUT = 600_000

describe.runIf(WANTED)('the image of deploy/container', () => {
  let scratch = ''
  let container = ''
  // A chroot in the place of a runtime: neither cgroups nor namespaces are needed, which machines of CI do not give.
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' }
  const flags = () => ['--root', path.join(scratch, 'storage'), '--runroot', path.join(scratch, 'run')]
  const buildah = (...args: readonly string[]) =>
    execFileSync('buildah', [...flags(), ...args], { encoding: 'utf8', env, maxBuffer: 64_000_000 })

  beforeAll(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'latchkey-container-'))
    const base = path.join(scratch, 'base')
    makeBase(base)
    const made = buildah('from', 'scratch').trim()
    buildah('copy', '--quiet', made, base, '/')
    buildah('run', made, '--', 'ldconfig')
    buildah('commit', '--quiet', '--rm', made, BASE)
    build()
    container = buildah('from', IMAGE).trim()
  }, TIMEOUT)

  afterAll(() => {
    for (const end of ['rm', 'umount']) spawnSync('buildah', [...flags(), end, '--all'], { env })
    rmSync(scratch, { recursive: true, force: true })
  }, TIMEOUT)

  /** With this machine's settings of npm and certificates, and what npm has downloaded before. */
  function build(): void {
    const settings = path.join(scratch, 'npmrc')
    const own = path.join(os.homedir(), '.npmrc')
    writeFileSync(settings, `${existsSync(own) ? readFileSync(own, 'utf8') : ''}\nprefer-offline=true\n`)
    const cache = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim()
    const volumes = [
      `${settings}:/root/.npmrc:ro`,
      ...(existsSync(CERTIFICATES) ? [`${CERTIFICATES}:${CERTIFICATES}:ro`] : []),
      `${cache}:/root/.npm`,
    ].flatMap((volume) => ['--volume', volume])
    const file = path.join(ROOT, 'deploy/container/Containerfile')
    const how = ['--quiet', '--layers=false', '--network', 'host', '--build-arg', `NODE_IMAGE=${BASE}`]
    buildah('build', ...how, ...volumes, '--file', file, '--tag', IMAGE, ROOT)
  }

  function start(image: Image, ...variables: readonly string[]) {
    const args = ['run', '--network', 'host', ...variables.flatMap((variable) => ['--env', variable]), container, '--']
    // The id of the process, because buildah passes no signal on; podman and docker do.
    const shell = ['sh', '-c', 'echo "process $$"; exec "$@"', 'sh', ...image.Entrypoint, ...image.Cmd]
    const child = spawn('buildah', [...flags(), ...args, ...shell], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (printed += text))
    const ended = once(child, 'close')
    const pid = () => Number(/^process (\d+)$/m.exec(printed)?.[1])
    onTestFinished(() => void (child.exitCode === null && process.kill(pid(), 'SIGKILL')))
    return {
      printed: () => printed,
      async stop() {
        process.kill(pid(), 'SIGTERM')
        await ended
        return child.exitCode
      },
    }
  }

  const read = (): Image => Image.parse(JSON.parse(buildah('inspect', container)).OCIv1.config)

  test('says how it is run: as whom, on which port, with which volume and signal', () => {
    expect(read()).toEqual({
      User: '10001:10001',
      Volumes: { '/var/lib/latchkey': {} },
      StopSignal: 'SIGTERM',
      Entrypoint: ['node', '/opt/latchkey/dist/command/latchkey.js'],
      Cmd: ['start'],
      ExposedPorts: { '4000/tcp': {} },
    })
  })

  test('runs as nobody in particular, who owns the volume and can write nothing else', () => {
    const inside = `id -u; stat -c '%a %u' /var/lib/latchkey; touch /opt/latchkey/x 2>&1 || echo refused`
    expect(buildah('run', container, '--', 'sh', '-c', inside).trim().split('\n')).toEqual([
      '10001',
      '700 10001',
      "touch: cannot touch '/opt/latchkey/x': Permission denied",
      'refused',
    ])
  })

  test(
    'serves API and console, has the operators’ commands, and stops in good order on SIGTERM',
    async () => {
      const image = read()
      const port = await freePort()
      const server = start(image, `PORT=${port}`)
      await expect.poll(server.printed, { timeout: 60_000 }).toContain('Latchkey is ready')
      const headers = { accept: 'text/html' }
      for (const place of ['readyz', 'sign-in', 'graphql'])
        expect([place, (await fetch(`http://127.0.0.1:${port}/${place}`, { headers })).status]).toEqual([place, 200])
      const doctor = buildah('run', container, '--', ...image.Entrypoint, 'doctor')
      expect(doctor).toMatch(/^ok +database .*; the server that runs has the embedded one\.$/m)
      expect([await server.stop(), server.printed()]).toEqual([0, expect.stringContaining('"signal":"SIGTERM"')])
    },
    TIMEOUT,
  )
})

const Image = z.object({
  User: z.string(),
  Volumes: z.record(z.string(), z.object({})),
  StopSignal: z.string(),
  Entrypoint: z.array(z.string()),
  Cmd: z.array(z.string()),
  ExposedPorts: z.record(z.string(), z.object({})),
})
type Image = z.infer<typeof Image>
