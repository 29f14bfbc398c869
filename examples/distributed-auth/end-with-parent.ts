/** Leaves no orphans: this process ends with the process that started it. */

/** Exits when the parent is gone, even if it was killed. Does nothing without a parent that forked this process. */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit())
  process.channel?.unref() // or the listener would keep a finished process alive
}
