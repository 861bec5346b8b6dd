import { handshakeLine } from '../../../provider/plugin/handshake';

const unix = { network: 'unix', address: '/fake/rpc' } as const;

it.each([
  [1, 'eA'],
  [2, 'eHg'],
  [3, 'eHh4'],
])('a certificate of %d bytes has no padding', (size, base64) => {
  const line = handshakeLine(6, unix, Buffer.alloc(size, 'x'), false);
  expect(line).toBe(`1|6|unix|/fake/rpc|grpc|${base64}`);
});

it('has an empty field without a certificate', () => {
  const tcp = { network: 'tcp', address: '127.0.0.1:10000' } as const;
  expect(handshakeLine(6, tcp, undefined, false)).toBe('1|6|tcp|127.0.0.1:10000|grpc|');
});

it('says that it does not multiplex only if it was asked', () => {
  expect(handshakeLine(6, unix, undefined, true)).toBe('1|6|unix|/fake/rpc|grpc||false');
});
