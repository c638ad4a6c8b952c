// The types of tools.mjs, for tests.

export type Tool = 'llama-server' | 'chromium' | 'python3'

export declare const variables: Readonly<Partial<Record<Tool, string>>>
export declare function cacheFolder(): string
export declare function llamaServerFolder(): string
export declare function findTool(tool: Tool): string | null
