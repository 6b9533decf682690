import { setFlagsFromString } from 'node:v8'

// undici parses HTTP in WebAssembly, which V8 compiles twice: at once, and again optimised, in the background. A script that
// reads a few answers gains nothing from the second and pays for it with more time and memory than all else it does.
setFlagsFromString('--liftoff-only')
