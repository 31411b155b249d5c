#!/usr/bin/env node
import { keepFilesPrivate } from '../store/private-files.ts'
import { runCommand } from './run.ts'

// Before anything is made.
keepFilesPrivate()
process.setSourceMapsEnabled(true)

const { env, stdout: out, stderr: err } = process
// Whoever reads what is printed may stop reading; a command that has more to say finds out by its own write.
for (const stream of [out, err]) stream.on('error', () => {})
process.exitCode = await runCommand(process.argv.slice(2), { env, out, err })
