/** Node's own import: Vitest would take what it loads into its own world, where hooks of Node do not count. */
export const importNatively = (url) => import(url)
