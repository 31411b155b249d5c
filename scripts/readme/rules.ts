import type { Block } from './blocks.ts'

/**
 * What is done with a block, and what is not: every exception is a row with its reason. A block in a language without a rule,
 * and a row that fits no block any more, are failures.
 */

/** Lines of shell blocks that are left out of the run. */
export const LEFT_OUT_LINES: Readonly<Record<string, string>> = {
  'npm install && npm test': 'the tests are a step of their own',
  'npm test': 'the tests are a step of their own',
  'npm run check': 'this run is a part of it',
  'npm run generate': '`npm run check` compares what it writes',
  'npm run migrate -- diff': 'a step of `npm run check`',
  'aws iam get-account-authorization-details > account.json': 'an account at AWS is not at hand',
  'aws iam create-saml-provider --name Staff --saml-metadata-document file://metadata.xml':
    'the metadata of an identity provider are not at hand; test/aws-query/saml.test.ts does it',
  'npm run import -- account.json --account 123456789012': 'test/command/import.test.ts does it',
  'npm run import -- account.json --account 123456789012 --apply': 'test/command/import.test.ts does it',
  'npm --prefix bench ci': 'installs what the product is measured against',
  'npm run bench': 'takes minutes and a quiet machine',
  'sudo -u postgres createuser latchkey --pwprompt': 'asks for a password at the terminal, as superuser of PostgreSQL',
  'sudo -u postgres createdb latchkey --owner latchkey':
    'belongs to a superuser of PostgreSQL; the run makes a database of its own',
}

/** Languages whose blocks are looked at, not run. */
export const LEFT_OUT_LANGUAGES: Readonly<Record<string, string>> = {
  env: 'variables with places of files, which test/durability/tls.test.ts sets',
  hcl: 'test/automation/terraform.test.ts runs it where Terraform is',
  mermaid: 'a drawing',
  yaml: 'test/automation/ansible.test.ts runs it where Ansible is',
  nginx: 'the configuration of another program',
  typescript: 'a piece of src, which test/docs/quotations.test.ts compares',
}

/** What blocks print, where the text around them says so. */
export const PROMISES: readonly { readonly block: string; readonly prints: RegExp }[] = [
  { block: '{ viewer { arn credential } user { accessKeys', prints: /"credential":"ACCESS_KEY"[^]*"my laptop"/ },
  { block: "from 'graphql-request'", prints: /arn:aws:iam::123456789012:user\/alice[^]*ACCESS_KEY/ },
  { block: 'aws iam list-access-keys --output table', prints: /AKIA/ },
  { block: 'generateSync', prints: /^\d{6}\n\d{6}\n$/ },
  { block: 'x-amz-security-token', prints: /"mfaAuthenticatedAt":"20[^]*"name":"alice"/ },
  { block: 'boto3.Session', prints: /^AKIA\w+ Active$/m },
  { block: "from '@aws-sdk/client-iam'", prints: /AccessKeyId: 'AKIA/ },
]

/** Blocks without a language are what a command answers. */
export const ANSWERED_COMMANDS: readonly { readonly answer: string; readonly command: string }[] = [
  { answer: 'when calling the CreateAccessKey operation', command: 'aws iam create-access-key --user-name bob' },
]

/** Rows that fit no block any more: what they excused or held is not in the text. */
export function staleRows(blocks: readonly Block[]): string[] {
  const lines = new Set(blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n')))
  const inSomeBlock = (part: string) => blocks.some(({ text }) => text.includes(part))
  return [
    ...Object.keys(LEFT_OUT_LINES).filter((line) => !lines.has(line)),
    ...Object.keys(LEFT_OUT_LANGUAGES).filter((language) => !blocks.some((block) => block.language === language)),
    ...PROMISES.map(({ block }) => block).filter((part) => !inSomeBlock(part)),
    ...ANSWERED_COMMANDS.map(({ answer }) => answer).filter((part) => !inSomeBlock(part)),
  ].map((row) => `no block has ${JSON.stringify(row)}, which scripts/readme/rules.ts has a row for`)
}
