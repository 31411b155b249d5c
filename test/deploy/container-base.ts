import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Of Debian: what `RUN` lines use, and what node and compiled packages load. */
const PACKAGES =
  'dash coreutils libc6 libc-bin libgcc-s1 libstdc++6 libselinux1 libpcre2-8-0 libacl1 libattr1 libgmp10 libssl3'
const FOLDERS = ['usr/bin', 'usr/sbin', 'usr/lib', 'usr/lib64', 'etc/ssl/certs', 'root', 'tmp', 'var/lib']

/**
 * Lays a root file system into `folder` that stands in the place of node's image, because tests ask no registry of images: this
 * machine's own node and npm, its C library, a shell and the programs of coreutils. The machine is a Debian.
 */
export function makeBase(folder: string): void {
  for (const name of FOLDERS) mkdirSync(path.join(folder, name), { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, path.join(folder, name))
  const listed = PACKAGES.split(' ').flatMap((name) =>
    spawnSync('dpkg', ['-L', name], { encoding: 'utf8' }).stdout.split('\n'),
  )
  const wanted = listed.filter(
    (file) => /^(\/usr)?\/(bin|sbin|lib|lib64)\//.test(file) && !/\/(gconv|locale)\//.test(file),
  )
  const list = `${folder}.files`
  writeFileSync(list, [...new Set(wanted)].join('\n'))
  const copy = 'tar --no-recursion -cf - -T "$1" 2>/dev/null | tar -xf - -C "$2" --keep-directory-symlink'
  execFileSync('sh', ['-c', copy, 'sh', list, folder])
  execFileSync('cp', [realpathSync(process.execPath), path.join(folder, 'usr/bin/node')])
  const npm = realpathSync(execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim())
  execFileSync('cp', ['-r', path.join(npm, '../..'), path.join(folder, 'usr/lib/npm')])
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/npm/bin/${name}-cli.js`, path.join(folder, 'usr/bin', name))
  writeFileSync(path.join(folder, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\n')
  writeFileSync(path.join(folder, 'etc/group'), 'root:x:0:\n')
}
