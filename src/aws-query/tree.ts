/** What is answered, before it is known in which format: scalars, lists, maps, and structures with their members in order. */
export type Tree = string | number | boolean | Date | List | Entries | Elements

/** AWS's query protocol calls every item of a list `member`. */
export interface List {
  readonly member: readonly Tree[]
}

/** A map; its keys are texts. */
export interface Entries {
  readonly entry: readonly { readonly key: string; readonly value: Tree }[]
}

/** A structure. Members of AWS's model begin with a capital letter, so none is taken for a list or a map. */
export interface Elements {
  readonly [name: string]: Tree
}

/** The whole of an answer. */
export interface Answer {
  /** The name of what is answered, e.g. `GetUserResponse`. */
  readonly root: string
  readonly namespace: string
  readonly content: Elements
}

export const isList = (tree: object): tree is List => 'member' in tree
export const isEntries = (tree: object): tree is Entries => 'entry' in tree
