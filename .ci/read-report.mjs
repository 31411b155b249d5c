// Reads the JSON report of a test run.
//   counts <file>             prints "<passed> <failed>"
//   failures <file> <name>    prints each test that failed, and each file that failed outside of a test, with the reason
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Characters of one reason: enough for an assertion with its place, and a whole list still fits on a screen or two. */
const REASON = 1500

const [what, file, name] = process.argv.slice(2)
if (what === 'counts') counts()
else if (what === 'failures') failures()
else throw new Error(`counts or failures, not ${what}`)

function counts() {
  const { numPassedTests: passed, numFailedTests: failed } = read()
  if (!Number.isInteger(passed) || !Number.isInteger(failed)) process.exit(1)
  console.log(passed, failed)
}

function failures() {
  const found = read().testResults.flatMap(({ name: testFile, status, message, assertionResults }) => {
    const at = path.relative(process.cwd(), testFile)
    const tests = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName, failureMessages }) => describe(`${at} > ${fullName}`, failureMessages.join('\n')))
    return status === 'failed' && tests.length === 0 ? [describe(at, message)] : tests
  })
  console.log([`tests on ${name}`, ...(found.length > 0 ? found : ['no test: see above'])].join('\n'))
}

function describe(title, reason) {
  const text = stripVTControlCharacters(reason).trim()
  return `* ${title}\n${text.length > REASON ? `${text.slice(0, REASON)}…` : text}`
}

/** The report; without one, the run ended before it could write any. */
function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (what === 'counts') throw error
    return { testResults: [] }
  }
}
