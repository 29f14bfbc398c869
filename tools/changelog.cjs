/** How changesets become CHANGELOG.md: their own sentences, and no hash of a commit, which tells a user nothing. */
module.exports = {
  getReleaseLine: async ({ summary }) => `\n- ${summary.trim().replaceAll('\n', '\n  ')}`,
  getDependencyReleaseLine: async () => '',
}
