import type { Requirement } from '../../access/declaration.ts'
import type { Call } from '../../iam/call.ts'
import { builder } from '../builder.ts'
import { Policy } from './policy.ts'

// Users, groups and roles hold policies alike: four mutations each, all of them checked on the holder.

/** Each kind of holder has a parameter of its own; exactly one of them is there. */
export interface HolderInput {
  readonly userName?: string | null
  readonly groupName?: string | null
  readonly roleName?: string | null
}

interface InlinePolicyInput extends HolderInput {
  readonly policyName: string
}

interface DocumentInput extends InlinePolicyInput {
  readonly policyDocument: string
}

interface AttachmentInput extends HolderInput {
  readonly policyArn: string
}

/** Unique id of the holder, and the inline policy that was written or deleted. */
interface InlinePolicyChange {
  readonly holderId: string
  readonly policyName: string
}

/** Unique ids of the holder and the managed policy that were tied or parted. */
interface AttachmentChange {
  readonly holderId: string
  readonly policyId: string
}

type PayloadOf<Row> = ReturnType<typeof builder.objectRef<Row>>

interface Operation<Input, Change> {
  readonly need: Requirement<unknown, { readonly input: HolderInput }>
  readonly run: (call: Call, input: Input) => Promise<Change>
}

interface PolicyHolder {
  readonly kind: 'User' | 'Group' | 'Role'
  readonly parameter: keyof HolderInput
  /** Gives a payload the field that leads to the holder. */
  readonly addHolder: (payload: PayloadOf<{ readonly holderId: string }>) => void
  readonly put: Operation<DocumentInput, InlinePolicyChange>
  readonly delete: Operation<InlinePolicyInput, InlinePolicyChange>
  readonly attach: Operation<AttachmentInput, AttachmentChange>
  readonly detach: Operation<AttachmentInput, AttachmentChange>
}

/** The holder that an input names. */
export function holderName({ userName, groupName, roleName }: HolderInput): string {
  return userName ?? groupName ?? roleName ?? ''
}

/** `putUserPolicy`, `deleteUserPolicy`, `attachUserPolicy` and `detachUserPolicy`, or those of groups or roles. */
export function addPolicyMutations(holder: PolicyHolder): void {
  const { kind, parameter, addHolder } = holder
  const noun = kind.toLowerCase()

  function inlinePayload(name: string) {
    const payload = builder.objectRef<InlinePolicyChange>(name)
    payload.implement({ fields: (t) => ({ policyName: t.exposeString('policyName') }) })
    addHolder(payload)
    return payload
  }

  function attachmentPayload(name: string) {
    const payload = builder.objectRef<AttachmentChange>(name)
    payload.implement({
      fields: (t) => ({
        policy: t.prismaField({
          type: Policy,
          access: 'parent',
          resolve: (query, { policyId: id }, _args, { db, principal: { accountId } }) =>
            db.policy.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id } } }),
        }),
      }),
    })
    addHolder(payload)
    return payload
  }

  function attachmentMutation(verb: 'attach' | 'detach', description?: string): void {
    const type = `${verb === 'attach' ? 'Attach' : 'Detach'}${kind}Policy`
    const input = builder.inputRef<AttachmentInput>(`${type}Input`).implement({
      fields: (t) => ({
        [parameter]: t.string({ required: true }),
        policyArn: t.field({ type: 'ARN', required: true }),
      }),
    })
    builder.mutationField(`${verb}${kind}Policy`, (t) =>
      t.field({
        type: attachmentPayload(`${type}Payload`),
        nullable: true,
        ...(description !== undefined && { description }),
        args: { input: t.arg({ type: input, required: true }) },
        // Which policies may be attached is a condition; the resource is the holder.
        access: { ...holder[verb].need, keys: ({ input: { policyArn } }) => [['iam:PolicyARN', policyArn]] },
        resolve: (_parent, args, { call }) => holder[verb].run(call, args.input),
      }),
    )
  }

  const PutInput = builder.inputRef<DocumentInput>(`Put${kind}PolicyInput`).implement({
    fields: (t) => ({
      [parameter]: t.string({ required: true }),
      policyName: t.string({ required: true }),
      policyDocument: t.field({ type: 'PolicyDocument', required: true }),
    }),
  })

  builder.mutationField(`put${kind}Policy`, (t) =>
    t.field({
      type: inlinePayload(`Put${kind}PolicyPayload`),
      nullable: true,
      description: `Writes an inline policy of a ${noun}, or overwrites the one of that name.`,
      args: { input: t.arg({ type: PutInput, required: true }) },
      access: holder.put.need,
      resolve: (_parent, { input }, { call }) => holder.put.run(call, input),
    }),
  )

  const DeleteInput = builder.inputRef<InlinePolicyInput>(`Delete${kind}PolicyInput`).implement({
    fields: (t) => ({
      [parameter]: t.string({ required: true }),
      policyName: t.string({ required: true }),
    }),
  })

  builder.mutationField(`delete${kind}Policy`, (t) =>
    t.field({
      type: inlinePayload(`Delete${kind}PolicyPayload`),
      nullable: true,
      args: { input: t.arg({ type: DeleteInput, required: true }) },
      access: holder.delete.need,
      resolve: (_parent, { input }, { call }) => holder.delete.run(call, input),
    }),
  )

  attachmentMutation(
    'attach',
    `Permission is checked on the ${noun}; condition key \`iam:PolicyARN\` says which policies may be attached.`,
  )
  attachmentMutation('detach')
}
