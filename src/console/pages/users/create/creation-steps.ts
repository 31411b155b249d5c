import { request } from '../../../api/request.ts'
import type { Translation } from '../../../language/language.ts'
import type { Step } from '../../../steps/use-steps.ts'
import { attachPolicy } from '../../../held-policies/policy-holder.ts'
import { AddUserToGroupDocument } from '../detail/documents.generated.ts'
import { CreateLoginProfileDocument } from '../password/documents.generated.ts'
import type { Tag } from '../../../tags/tag-holder.ts'
import { CreateUserDocument } from './documents.generated.ts'
import type { en } from './messages.en.ts'

export interface Wanted {
  readonly name: string
  readonly path: string
  readonly tags: readonly Tag[]
  readonly password: { readonly text: string; readonly resetRequired: boolean } | null
  /** ARNs. */
  readonly policies: readonly string[]
  /** Names. */
  readonly groups: readonly string[]
}

export const USER_STEP = 'user'

/** The mutations that make a user as it is wanted, in their order. Tags come with the user itself. */
export function creationSteps(wanted: Wanted, messages: Translation<typeof en>): readonly Step[] {
  const { name, path, tags, password, policies, groups } = wanted
  return [
    {
      id: USER_STEP,
      text: messages.stepUser(name),
      run: () =>
        request(CreateUserDocument, { input: { userName: name, path, ...(tags.length > 0 && { tags: [...tags] }) } }),
    },
    ...(password
      ? [
          {
            id: 'password',
            text: messages.stepPassword,
            run: () =>
              request(CreateLoginProfileDocument, {
                input: { userName: name, password: password.text, passwordResetRequired: password.resetRequired },
              }),
          },
        ]
      : []),
    ...groups.map((groupName) => ({
      id: `group ${groupName}`,
      text: messages.stepGroup(groupName),
      run: () => request(AddUserToGroupDocument, { input: { userName: name, groupName } }),
    })),
    ...policies.map((policyArn) => ({
      id: policyArn,
      text: messages.stepPolicy(policyArn),
      run: () => attachPolicy({ type: 'User', name }, policyArn),
    })),
  ]
}
