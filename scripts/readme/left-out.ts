/** A block that cannot run here; the message is the reason. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut'
}
