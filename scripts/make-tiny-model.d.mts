// The types of make-tiny-model.mjs, for tests.

export type TinyModelOptions = {
  seed?: number
  layers?: number
  embd?: number
  heads?: number
  kvHeads?: number
  ff?: number
  ctx?: number
  vocab?: number
  type?: 'f16' | 'f32'
  ascii?: boolean
  eosBias?: number
  toolBias?: number
  arch?: string
  name?: string
}

export declare function makeTinyModel(options?: TinyModelOptions): Buffer
