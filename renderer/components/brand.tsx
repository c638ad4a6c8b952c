/** The sign of Paddock: a fence. */
export const Brand = () => (
  <svg
    viewBox="0 0 16 16"
    aria-hidden
    className="size-4 fill-none stroke-accent stroke-[1.75] [stroke-linecap:round]"
  >
    <path d="M2 3v10M14 3v10M2 6h12M2 10h12M8 6v4" />
  </svg>
)
