/**
 * The text of an operation, with the types of what it takes and answers: printed beside each documents.graphql by
 * `npm run generate`. The property is never there; it only carries the types.
 */
export type Document<Data, Variables> = string & { readonly types?: (variables: Variables) => Data }
