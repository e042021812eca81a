/** Throws when Flux would not find a setter marker in the file at `path`, because it looks in `updatePath` only. */
export function requireBelow(updatePath: string, path: string, policyName: string): void {
  if (updatePath !== '' && !path.startsWith(`${updatePath}/`)) {
    throw new Error(
      `setter marker of policy '${policyName}' in '${path}' must be below '${updatePath}', ` +
        'the path of its Git target: Flux rewrites nothing else',
    );
  }
}
