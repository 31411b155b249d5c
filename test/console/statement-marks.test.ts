import { expect, test } from 'vitest'
import { markStatements } from '../../src/console/policy-document/statement-marks.ts'

const FIRST = { Sid: 'First', Effect: 'Allow', Action: 's3:*', Resource: '*' }
const SECOND = { Effect: 'Deny', Action: ['s3:DeleteObject', 's3:PutObject'], Resource: '*' }
const DOCUMENT = { Version: '2012-10-17', Statement: [FIRST, SECOND] }

/** Where a part of a text of one line is. */
function placeOf(text: string, part: string) {
  const column = text.indexOf(part) + 1
  return { start: { line: 1, column }, end: { line: 1, column: column + part.length - 1 } }
}

function markedIn({ content, marks }: ReturnType<typeof markStatements>) {
  return marks.map((mark) => mark && content.slice(mark.from, mark.to))
}

test('in a text of one line, which is shown set out, exactly the statements are marked', () => {
  const text = JSON.stringify(DOCUMENT)
  const marked = markStatements(
    text,
    [SECOND, FIRST].map((statement) => placeOf(text, JSON.stringify(statement))),
  )
  expect(marked.content).toBe(JSON.stringify(DOCUMENT, null, 2))
  expect(markedIn(marked).map((part) => JSON.parse(part ?? ''))).toEqual([SECOND, FIRST])
  expect(marked.marks).toMatchObject([
    { firstLine: 10, lastLine: 17 },
    { firstLine: 4, lastLine: 9 },
  ])
})

test('a single statement without a list around it is marked', () => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: FIRST })
  const [part] = markedIn(markStatements(text, [placeOf(text, JSON.stringify(FIRST))]))
  expect(JSON.parse(part ?? '')).toEqual(FIRST)
})

test.each(['\n', '\r\n'])(
  'in a text that somebody laid out, exactly the statement is marked (lines end with %j)',
  (end) => {
    const text = ['{"Statement": [', '  {"Effect": "Deny",', '   "Action": "*", "Resource": "*"}]}'].join(end)
    const marked = markStatements(text, [{ start: { line: 2, column: 3 }, end: { line: 3, column: 34 } }])
    expect(markedIn(marked)).toEqual(['{"Effect": "Deny",\n   "Action": "*", "Resource": "*"}'])
    expect(marked.marks).toMatchObject([{ firstLine: 2, lastLine: 3 }])
  },
)

test('nothing is marked in a text that was changed since', () => {
  const place = { start: { line: 2, column: 3 }, end: { line: 9, column: 5 } }
  expect(markStatements('{}', [place])).toEqual({ content: '{}', marks: [null] })
})
