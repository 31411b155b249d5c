// Starts and fills the emulator that Latchkey is compared with.
import { spawn, spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onCore, SERVER_CORE } from '../http/processes.mjs'
import { userName } from '../http/seed.mjs'
import { freePort } from '../http/servers.mjs'

const MOTO = process.env.MOTO_SERVER ?? 'moto_server'
/** It has no bulk load: every user and key is a request. */
const USERS = 100
const CALLER = { accessKeyId: 'AKIAQAAAAAAAAAAAAAAA', secretAccessKey: 'testing' }

/** A moto_server with users of two keys each; null when it is not installed. */
export async function startMoto(workDir) {
  if (spawnSync(MOTO, ['--help'], { stdio: 'ignore' }).status !== 0) return null
  const port = await freePort()
  const logFile = openSync(path.join(workDir, 'moto.log'), 'a')
  const [command, ...args] = onCore(SERVER_CORE, [MOTO, '-H', '127.0.0.1', '-p', String(port)])
  const server = spawn(command, args, { stdio: ['ignore', logFile, logFile] })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
  }
  try {
    await started(server, port)
    for (let n = 1; n <= USERS; n++) {
      await ask(port, `Action=CreateUser&Version=2010-05-08&UserName=${userName(n)}`)
      for (let key = 0; key < 2; key++)
        await ask(port, `Action=CreateAccessKey&Version=2010-05-08&UserName=${userName(n)}`)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    title: 'moto_server',
    checks: 'none',
    users: USERS,
    port,
    pid: server.pid,
    caller: CALLER,
    backends: async () => [],
    stop,
  }
}

async function started(server, port) {
  for (let attempts = 600; attempts > 0 && server.exitCode === null; attempts--) {
    try {
      await (await fetch(`http://127.0.0.1:${port}/moto-api/`)).text()
      return
    } catch {
      await pause(50)
    }
  }
  throw new Error('moto_server did not start')
}

async function ask(port, body) {
  const scope = `${CALLER.accessKeyId}/20260101/us-east-1/iam/aws4_request`
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      // It reads the service and the account off the header, and checks nothing of it.
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
    },
    body,
  })
  if (response.status !== 200) throw new Error(`moto_server answers ${response.status}: ${await response.text()}`)
  await response.text()
}
