import { usePaletteFiles } from './palette-files.ts'
import { selectFile } from './review.ts'
import { useOpenRun } from './run.ts'
import { show } from './view.ts'

const open = (path: string) => () => {
  selectFile(path)
  show('review')
}
const offer = () => {
  const { files } = useOpenRun.getState().run
  usePaletteFiles.setState({
    files: Object.values(files).map(({ path, versions }) => ({
      path,
      detail: versions.at(-1)?.agent ?? '',
      open: open(path),
    })),
  })
}

// The palette finds the files of the run that is open.
useOpenRun.subscribe((now, before) => {
  if (now.run.files !== before.run.files) offer()
})
offer()
