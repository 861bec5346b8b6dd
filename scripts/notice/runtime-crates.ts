import type { Part } from './part';

/** Names by licence: what Bun's Cargo.lock has, without Bun's own crates, build tools and macros. */
const byLicence: Readonly<Record<string, string>> = {
  'MIT OR Apache-2.0':
    'allocator-api2 arrayvec base64 bitflags blake2 block-buffer blowfish bstr bumpalo cfg-if cipher cpufeatures ' +
    'crossbeam-utils crypto-common digest dtoa encoding_rs enum-map enumset equivalent errno getrandom hashbrown inout itoa ' +
    'keccak libc log mime phf rust-argon2 rustc-hash scopeguard servo_arc sha3 siphasher smallvec ' +
    'stable_deref_trait thiserror typenum zeroize',
  MIT: 'bcrypt blake2b_simd derive_more generic-array new_debug_unreachable precomputed-hash strum typed-arena',
  'MIT OR Unlicense': 'byteorder memchr',
  'MIT OR Apache-2.0 OR Zlib': 'bytemuck',
  'MIT OR Apache-2.0 OR Apache-2.0 WITH LLVM-exception': 'linux-raw-sys rustix',
  'MIT-0 OR CC0-1.0 OR Apache-2.0': 'constant_time_eq',
  'BSD-2-Clause': 'arrayref',
  'BSD-3-Clause': 'subtle',
  Zlib: 'const_format foldhash konst',
  'MPL-2.0': 'cssparser dtoa-short selectors',
};

const standardLibrary: Part = {
  name: 'Rust standard library',
  licence: 'MIT OR Apache-2.0',
  address: 'https://github.com/rust-lang/rust',
  holder: 'The Rust Project Developers',
};

/**
 * The libraries in Rust. The executable does not report their versions, which are in Bun's Cargo.lock. The standard
 * library is that of the compiler that built it.
 */
export const crates: readonly Part[] = [
  standardLibrary,
  ...Object.entries(byLicence)
    .flatMap(([licence, names]) => names.split(' ').map((name) => ({ name, licence })))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, licence }) => ({
      name: `${name} (Rust)`,
      licence,
      address: `https://docs.rs/${name}`,
      ...(licence === 'MPL-2.0' ? { note: 'unchanged; its source is at that address' } : {}),
    })),
];
