import { describe, expect, test } from 'vitest'
import { withoutValues } from '../../src/http/quoted-values.ts'

describe('a message of GraphQL', () => {
  test.each([
    [
      'Variable "$input" got invalid value { password: "hunter2", pasword: "; Field" }; Field "pasword" is not defined by type "SignInInput". Did you mean "password"?',
      'Variable "$input" got invalid value; Field "pasword" is not defined by type "SignInInput". Did you mean "password"?',
    ],
    [
      'Variable "$input" got invalid value { pasword: "hunter2" }; Field "password" of required type "String!" was not provided.',
      'Variable "$input" got invalid value; Field "password" of required type "String!" was not provided.',
    ],
    [
      'Variable "$input" got invalid value ["hunter2"] at "input.tags[0].key"; String cannot represent a non string value: ["hunter2"]',
      'Variable "$input" got invalid value at "input.tags[0].key"; String cannot represent a non string value.',
    ],
    [
      'Variable "$input" got invalid value "hunter2"; Expected type "SignInInput" to be an object.',
      'Variable "$input" got invalid value; Expected type "SignInInput" to be an object.',
    ],
    [
      'Variable "$s" got invalid value "hunter2"; Value "hunter2" does not exist in "AccessKeyStatus" enum. Did you mean the enum value "ACTIVE"?',
      'Variable "$s" got invalid value; The value does not exist in "AccessKeyStatus" enum. Did you mean the enum value "ACTIVE"?',
    ],
    ['Enum "E" cannot represent non-enum value: "hunter2".', 'Enum "E" cannot represent non-enum value.'],
    ['Int cannot represent non-integer value: "hunter2"', 'Int cannot represent non-integer value.'],
    ['Expected value of type "SignInInput", found "hunter2".', 'Expected value of type "SignInInput".'],
    ['Syntax Error: Expected Name, found String "hunter2".', 'Syntax Error: Expected Name, found String.'],
    ['Syntax Error: Unexpected BlockString "hunter2".', 'Syntax Error: Unexpected BlockString.'],
  ])('loses its values: %s', (message, expected) => {
    expect(withoutValues(message)).toBe(expected)
  })

  test.each([
    'Syntax Error: Expected "}", found <EOF>.',
    'Cannot query field "whoAmi" on type "Query". Did you mean "whoAmI"?',
    'Variable "$t" of required type "String!" was not provided.',
    'Field "user" argument "name" of type "String!" is required, but it was not provided.',
  ])('stays when it quotes none: %s', (message) => {
    expect(withoutValues(message)).toBe(message)
  })
})
