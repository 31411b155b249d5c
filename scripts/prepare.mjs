// After `npm install` in a checkout: generates the Prisma client and builds, so that the first `npm start` only has to start.
// A production install has no compiler and brings its dist along.
import { existsSync } from 'node:fs'
import { build } from './build.mjs'

if (existsSync('node_modules/typescript')) await build()
