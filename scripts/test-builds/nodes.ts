import { join } from 'node:path';
import { fetchPackage, type PinnedPackage } from '../npm-packages/fetch';

/** The version of each major with which the provider is tested. For a newer one change these lines and the hashes. */
const versions = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' } as const;

export type Major = keyof typeof versions;

/** The hashes of the npm packages node-<platform>-<architecture> in those versions. */
const integrities: Readonly<Record<string, Readonly<Record<Major, string>>>> = {
  'linux-x64': {
    20: 'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
    22: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
    24: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    26: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
  'linux-arm64': {
    20: 'sha512-LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==',
    22: 'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
    24: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    26: 'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
  },
};

export const majors = Object.keys(versions).map(Number) as Major[];

/** The Node.js executable of a major for this machine. Throws if none is pinned, or it cannot be fetched. */
export function nodeExecutable(major: Major): string {
  return join(fetchPackage(pinnedNode(major, `${process.platform}-${process.arch}`)), 'bin/node');
}

/** @param platform such as `linux-x64` */
export function pinnedNode(major: Major, platform: string): PinnedPackage {
  const integrity = integrities[platform]?.[major];
  if (integrity === undefined) {
    throw new Error(
      `No Node.js is pinned for ${platform}: add its hashes to scripts/test-builds/nodes.ts, or take BUILDS=bun.`,
    );
  }
  return { name: `node-${platform}`, version: versions[major], integrity };
}
