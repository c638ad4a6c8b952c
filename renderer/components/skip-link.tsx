/** Jumps over navigation: the first thing that `Tab` reaches. */
export const SkipLink = ({ to, label }: { readonly to: string; readonly label: string }) => (
  <button
    type="button"
    onClick={() => document.getElementById(to)?.focus()}
    className="no-drag fixed top-1 left-1 z-50 -translate-y-12 rounded-md bg-accent-fill px-3 py-1 text-on-accent focus:translate-y-0"
  >
    {label}
  </button>
)
