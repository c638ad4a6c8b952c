import { z } from 'zod'

// Without this zod probes `new Function` when a schema is made, which the content security policy refuses.
z.config({ jitless: true })
