import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Kept from the environment of the run: where npm finds packages. */
const KEPT = /^(PATH|LANG|https?_proxy|no_proxy|npm_config_(registry|userconfig|globalconfig|cafile))$/i

/**
 * The checkout of somebody who has just cloned the repository: what git does not ignore, and no build. The installed packages
 * are linked beside it, so that `npm install` finds them.
 */
export function freshCheckout(root: string, folder: string): void {
  const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  cpSync(root, folder, {
    recursive: true,
    filter: (source) => !['.git', ...ignored].some((pattern) => matches(pattern, path.relative(root, source))),
  })
  const modules = [path.join(root, 'node_modules'), path.join(folder, 'node_modules')]
  try {
    execFileSync('cp', ['-RPpl', ...modules], { stdio: 'ignore' })
  } catch {
    // Another file system, or a cp that makes no links.
    execFileSync('cp', ['-RPp', ...modules])
  }
}

/** Of the patterns of git those that our own file has: a name anywhere, a path from the top, the end of a name. */
function matches(pattern: string, file: string): boolean {
  const name = pattern.replace(/^\/|\/$/g, '')
  if (name.startsWith('*')) return file.endsWith(name.slice(1))
  return name.includes('/') || pattern.startsWith('/') ? file === name : file.split(path.sep).includes(name)
}

/** The environment of a reader: a home without any key of AWS, and none of our own variables. */
export function readersEnvironment(home: string, port: number): NodeJS.ProcessEnv {
  mkdirSync(path.join(home, '.aws'), { recursive: true })
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name))
  const npmrc = path.join(os.homedir(), '.npmrc')
  return {
    ...(existsSync(npmrc) ? { NPM_CONFIG_USERCONFIG: npmrc } : {}),
    ...Object.fromEntries(kept),
    HOME: home,
    PORT: String(port),
    NPM_CONFIG_CACHE: process.env.npm_config_cache ?? path.join(os.homedir(), '.npm'),
    NPM_CONFIG_AUDIT: 'false',
    NPM_CONFIG_FUND: 'false',
    NPM_CONFIG_PREFER_OFFLINE: 'true',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  }
}
