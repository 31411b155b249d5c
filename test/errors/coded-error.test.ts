import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { AccessDenied, type Authz } from '../../src/access/access-denied.ts'
import { invalidClientToken } from '../../src/authn/authentication-error.ts'
import { OverBudget } from '../../src/budget/index.ts'
import { CodedError, INTERNAL_FAILURE, isForCaller } from '../../src/errors/index.ts'
import { codedErrorOf, HttpError } from '../../src/http/http-error.ts'
import { IamError } from '../../src/iam/errors.ts'

const SOURCE = path.join(import.meta.dirname, '../../src')

test('what a caller is told comes with the status of its code, whichever room refused', () => {
  const errors = [
    new IamError('NoSuchEntity', 'gone'),
    new HttpError('PayloadTooLarge', 'too long'),
    new OverBudget(7),
    invalidClientToken(),
  ]
  expect(errors.map((error) => [isForCaller(error), error.httpStatus])).toEqual([
    [true, 404],
    [true, 413],
    [true, 400],
    [true, 403],
  ])
})

test('the message of an internal failure is never told, nor is that of an error without a code', () => {
  for (const error of [new CodedError('InternalFailure', 'the cause'), new Error('the cause'), 'the cause', null])
    expect(codedErrorOf(error)).toBe(INTERNAL_FAILURE)
})

test('an error that only looks like one of ours is not told', () => {
  const strange = Object.assign(new Error('select secret from access_key'), { code: 'AccessDenied', httpStatus: 403 })
  expect(codedErrorOf(strange)).toBe(INTERNAL_FAILURE)
})

test('what goes out beside the code is kept', () => {
  const authz: Authz = {
    decisionId: 'd',
    principal: 'arn:aws:iam::123456789012:user/alice',
    action: 'iam:GetUser',
    resource: 'arn:aws:iam::123456789012:user/bob',
    effect: 'IMPLICIT_DENY',
    reason: 'NO_IDENTITY_POLICY',
    mfaRequired: false,
  }
  expect(codedErrorOf(new AccessDenied('no', authz))).toMatchObject({ code: 'AccessDenied', details: { authz } })
})

test('no room has a table of statuses of its own', () => {
  const elsewhere = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(errors|generated|console)[/\\]/.test(file))
    .filter((file) => /httpStatus\s*[:=]\s*(?:\d|[A-Z_]{3,}\[)/.test(readFileSync(path.join(SOURCE, file), 'utf8')))
  expect(elsewhere).toEqual([])
})
