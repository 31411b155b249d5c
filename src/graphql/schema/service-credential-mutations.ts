import { user } from '../../access/declaration.ts'
import { createServiceSpecificCredential } from '../../iam/service-credentials/create-service-credential.ts'
import type { CredentialAndSecret } from '../../iam/service-credentials/find-service-credential.ts'
import {
  deleteServiceSpecificCredential,
  resetServiceSpecificCredential,
  updateServiceSpecificCredential,
} from '../../iam/service-credentials/update-service-credential.ts'
import { type InputFields, mutation, type PayloadFields } from '../operation.ts'
import { changedServiceCredential, ServiceCredentialStatus } from './service-credential.ts'

const named = (t: InputFields) => ({
  userName: t.string({ description: 'Name of the IAM user who owns the credential. Left out or null: the caller.' }),
  serviceSpecificCredentialId: t.string({ required: true }),
})
const owner = (input: { readonly userName?: string | null }) => user(input.userName)

/** The secret in the member that its kind has. */
const secretAnswer = (t: PayloadFields<CredentialAndSecret>) => ({
  serviceSpecificCredential: changedServiceCredential(t, ({ credential }) => credential.id),
  servicePassword: t.string({
    nullable: true,
    description: 'The password. This is the only time that it is shown: only a hash is stored. Null for an API key.',
    resolve: ({ credential, secret }) => (credential.apiKey ? null : secret),
  }),
  serviceCredentialSecret: t.string({
    nullable: true,
    description:
      'The API key. This is the only time that it is shown: only a hash is stored. Null for a credential that has a password.',
    resolve: ({ credential, secret }) => (credential.apiKey ? secret : null),
  }),
})

mutation('createServiceSpecificCredential', {
  description:
    'Creates a credential of a user for one service: a user name and a password, or an API key. A user has at most two for each service, inactive and expired ones included.',
  input: (t) => ({
    userName: t.string({ required: true }),
    serviceName: t.string({
      required: true,
      description:
        'The service: `bedrock.amazonaws.com` or `logs.amazonaws.com` (API keys), `cassandra.amazonaws.com` or `codecommit.amazonaws.com`, or the host name of a system of your own, for example `git.example.com`.',
    }),
    credentialAgeDays: t.int({
      description:
        'Days after which the credential expires: 1 to 36600. Not for `cassandra.amazonaws.com` and `codecommit.amazonaws.com`. Left out or null: it does not expire.',
    }),
  }),
  needs: { action: 'iam:CreateServiceSpecificCredential', on: owner },
  run(call, input, { budget }) {
    budget.draw('keyChanges', 1)
    return createServiceSpecificCredential(call, input)
  },
  answer: secretAnswer,
})

mutation('resetServiceSpecificCredential', {
  description:
    'Gives a service-specific credential another secret. The former one is refused from then on; status and expiration stay.',
  input: named,
  needs: { action: 'iam:ResetServiceSpecificCredential', on: owner },
  run(call, input, { budget }) {
    budget.draw('keyChanges', 1)
    return resetServiceSpecificCredential(call, input)
  },
  answer: secretAnswer,
})

mutation('updateServiceSpecificCredential', {
  description: 'Activates or deactivates a service-specific credential.',
  input: (t) => ({
    ...named(t),
    status: t.field({
      type: ServiceCredentialStatus,
      required: true,
      description: 'The new status: ACTIVE or INACTIVE.',
    }),
  }),
  needs: { action: 'iam:UpdateServiceSpecificCredential', on: owner },
  run(call, input, { budget }) {
    // Whoever revokes what leaked is never held up.
    if (input.status === 'ACTIVE') budget.draw('keyChanges', 1)
    return updateServiceSpecificCredential(call, input)
  },
  answer: (t) => ({ serviceSpecificCredential: changedServiceCredential(t, ({ id }) => id) }),
})

mutation('deleteServiceSpecificCredential', {
  description: 'Deletes a service-specific credential, active or not. It cannot be undone.',
  input: named,
  needs: { action: 'iam:DeleteServiceSpecificCredential', on: owner },
  run: deleteServiceSpecificCredential,
  answer: (t) => ({
    deletedServiceSpecificCredentialId: t.exposeString('id', { description: 'The unique id, `ACCA…`.' }),
  }),
})
