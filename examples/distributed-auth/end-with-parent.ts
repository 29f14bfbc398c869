/** Leaves no orphans: however the process that started this one ends, this one ends too. */

/** Exits when the parent is gone, were it killed. Without a parent that forked it, a process is left alone. */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit())
  process.channel?.unref() // or the listener would keep alive a process that is done
}
