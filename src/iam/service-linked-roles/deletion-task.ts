/** What a deletion of a service-linked role is asked for by, once it has been submitted. */
export interface DeletionTask {
  /** UUID. */
  readonly id: string
  readonly name: string
  readonly path: string
}

const TASK = /^task(\/aws-service-role\/[^/]+\/)([^/]+)\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/

/** `task/aws-service-role/<service>/<role name>/<UUID>`. */
export function deletionTaskId({ id, name, path }: DeletionTask): string {
  return `task${path}${name}/${id}`
}

/** Null for a text that was never such an id. */
export function parseDeletionTaskId(text: string): DeletionTask | null {
  const [, path, name, id] = TASK.exec(text) ?? []
  return path === undefined || name === undefined || id === undefined ? null : { id, name, path }
}
