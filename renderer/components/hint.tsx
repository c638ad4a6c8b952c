import { Check, Copy } from 'lucide-react'
import { Fragment, useState } from 'react'
import { asButtons } from '../as-buttons.ts'
import { strings } from '../strings.ts'
import { copyText } from './copy-text.ts'
import { IconButton } from './icon-button.tsx'

/** What to do, as the core says it: lines after the first are commands, each to be copied. */
export function Hint({ text }: { readonly text: string }) {
  const [words, ...commands] = text.split('\n')
  return (
    <>
      {asButtons(words ?? '')}
      {commands.map((command) => (
        <Command key={command} text={command} />
      ))}
    </>
  )
}

function Command({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false)
  return (
    <span className="mt-1 flex items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-2 text-code">
      <code className="min-w-0 flex-1 self-center font-mono text-xs leading-4 wrap-anywhere whitespace-pre-wrap select-text">
        {text.split(' ').map((word, index) => (
          <Fragment key={index}>
            {index > 0 && ' '}
            {/* A line breaks between words, and not behind the hyphen of an option. */}
            <span className="inline-block max-w-full">{word}</span>
          </Fragment>
        ))}
      </code>
      <IconButton
        size="sm"
        icon={isCopied ? Check : Copy}
        label={isCopied ? strings.copied : strings.copyCommand}
        onClick={() => setCopied(copyText(text))}
        onBlur={() => setCopied(false)}
      />
    </span>
  )
}
