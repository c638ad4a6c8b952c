const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/gv
const longest = 300

/** A name from a disk as people can read it: what cannot be seen or would steer a terminal is spelled out. */
export function showName(name: string): string {
  const shown = name.length > longest ? `${name.slice(0, longest)}...` : name
  return shown.replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
