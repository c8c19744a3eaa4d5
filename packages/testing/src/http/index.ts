// Raw HTTP, for tools that send what HTTP clients refuse to send.
export { type Answer, parseAnswer } from './parse-answer.js'
export { RawClient, type RawClientOptions } from './raw-client.js'
export { wireText } from './wire-text.js'
export { bodyText, type WireRequest, writeChunks, writeHead, writeRequest } from './write-request.js'
