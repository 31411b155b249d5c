import SchemaBuilder, {
  BasePlugin,
  type PothosInputFieldConfig,
  PothosSchemaError,
  type SchemaTypes,
} from '@pothos/core'
import type { GraphQLSchema } from 'graphql'
import { glossaryText } from './glossary.ts'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      description: DescriptionPlugin<Types>
    }
  }
}

/**
 * Gives every argument and every member of an input a description: its own, or the one that the glossary has for its name. Makes
 * the build fail for those that neither describes, and names them.
 */
class DescriptionPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  readonly #undescribed: string[] = []

  override onInputFieldConfig(field: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
    if (field.description) return field
    const description = glossaryText(field.name, field.type.required)
    if (description !== null) return { ...field, description }
    this.#undescribed.push(placeOf(field))
    return field
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    if (this.#undescribed.length > 0) {
      throw new PothosSchemaError(
        `Arguments and members of inputs that nothing describes (\`description\`, or graphql/glossary.ts): ${this.#undescribed.toSorted().join(', ')}`,
      )
    }
    return schema
  }
}

/** `Query.users(first)` or `CreateUserInput.userName`. */
function placeOf<Types extends SchemaTypes>({ kind, name, parentType, parentField }: PothosInputFieldConfig<Types>) {
  return kind === 'Arg' ? `${parentType}.${parentField}(${name})` : `${parentType}.${name}`
}

SchemaBuilder.registerPlugin('description', DescriptionPlugin)
