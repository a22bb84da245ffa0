/** Words inside a PNG: an `iTXt` chunk each, after the header (PNG specification, third edition, section 11.3.3). */

const HEADER_END = 33; // eight bytes of signature, then IHDR: length, name, thirteen bytes, checksum

export function withWords(png: Uint8Array, words: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(words).map(([name, said]) => chunk("iTXt", textBody(name, said)));
  return joined([png.slice(0, HEADER_END), ...chunks, png.slice(HEADER_END)]);
}

/** Keyword, not compressed, no language, the words in UTF-8. */
function textBody(name: string, said: string): Uint8Array {
  const utf8 = new TextEncoder();
  return joined([utf8.encode(name), new Uint8Array(5), utf8.encode(said)]);
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const covered = joined([new TextEncoder().encode(name), body]);
  return joined([number(body.length), covered, number(checksum(covered))]);
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value >>> 0);
  return bytes;
}

function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
  }
  return ~sum;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
