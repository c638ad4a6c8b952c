import { around } from './conventions/around.fixture.ts'
import { changes } from './conventions/changes.fixture.ts'
import type { Convention } from './conventions/convention.fixture.ts'
import { fenceLine } from './conventions/fence-line.fixture.ts'
import { fences } from './conventions/fences.fixture.ts'
import { inside } from './conventions/inside.fixture.ts'
import { json } from './conventions/json.fixture.ts'
import { lineAbove } from './conventions/line-above.fixture.ts'
import { noWholeFile } from './conventions/no-whole-file.fixture.ts'
import { tags } from './conventions/tags.fixture.ts'

/** Every convention that Paddock knows, family by family. */
export const conventions: readonly Convention[] = [
  ...fenceLine,
  ...lineAbove,
  ...inside,
  ...fences,
  ...tags,
  ...changes,
  ...json,
  ...around,
  ...noWholeFile,
]
