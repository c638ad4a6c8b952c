import { describe, expect, test } from 'vitest'
import { checkEndpoint, isLoopback } from './endpoint.ts'

describe('checkEndpoint', () => {
  const here: [address: string, base: string, root: string][] = [
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080/v1/', 'http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.9.9.9/api/v1', 'http://127.9.9.9/api/v1', 'http://127.9.9.9/api'],
    ['https://localhost:8443/v1', 'https://localhost:8443/v1', 'https://localhost:8443'],
    ['http://LOCALHOST:1/v1', 'http://localhost:1/v1', 'http://localhost:1'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1', 'http://[::1]:8080'],
    ['http://[0:0:0:0:0:0:0:1]/v1', 'http://[::1]/v1', 'http://[::1]'],
    // Other spellings of 127.0.0.1, which the URL parser makes plain.
    ['http://2130706433/v1', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
    ['http://127.1/v1', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
    ['http://0x7f.0.0.1/v1', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
    ['http://0177.0.0.1/v1', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
    ['http://①②⑦.0.0.1/v1', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/v1', 'http://[::ffff:7f00:1]/v1', 'http://[::ffff:7f00:1]'],
  ]
  test.each(here)('takes %s', (address, base, root) => {
    expect(checkEndpoint(address)).toEqual({ base, root, origin: new URL(base).origin, isRemote: false })
  })

  const elsewhere = [
    'http://127.0.0.1.evil.com/v1',
    'http://localhost.evil/v1',
    'http://localhost./v1',
    'http://evil.localhost/v1',
    'http://evil.com/127.0.0.1/v1',
    'http://evil.com\\@127.0.0.1/v1',
    'http://0.0.0.0:8080/v1',
    'http://0/v1',
    'http://[::]/v1',
    'http://[::2]/v1',
    'http://[::ffff:8.8.8.8]/v1',
    'http://[::127.0.0.1]/v1',
    'http://[fe80::1]/v1',
    'http://[64:ff9b::7f00:1]/v1',
    'http://8.8.8.8/v1',
    'http://128.0.0.1/v1',
    'http://126.255.255.255/v1',
    'http://192.168.1.2/v1',
    'http://10.0.0.1/v1',
    'http://169.254.169.254/v1',
    'http://2130706432.com/v1',
    'http://134744072/v1',
    'https://api.openai.com/v1',
    'http://localhоst/v1',
  ]
  test.each(elsewhere)('refuses %s, which is not this machine', (address) => {
    expect(() => checkEndpoint(address)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining('not on this machine') }),
    )
  })

  test.each<[address: string, allowed: string]>([
    ['http://gpu.example:8080/v1', 'gpu.example'],
    ['https://gpu.example/v1', 'gpu.example'],
    ['https://GPU.Example/v1', 'gpu.example'],
    ['https://gpu.example/v1', 'GPU.example'],
    ['http://192.0.2.7:8080/v1', '192.0.2.7'],
    ['http://[2001:db8::7]:8080/v1', '2001:db8::7'],
    ['http://0.0.0.0:8080/v1', '0.0.0.0'],
  ])('takes %s where the person permits %s (S104)', (address, allowed) => {
    const { origin } = new URL(address)
    expect(checkEndpoint(address, ['other.example', allowed])).toMatchObject({ origin, isRemote: true })
  })

  test.each<[address: string, allowed: string]>([
    ['http://evil.gpu.example/v1', 'gpu.example'],
    ['http://evilgpu.example/v1', 'gpu.example'],
    ['http://gpu.example.evil.com/v1', 'gpu.example'],
    ['http://gpu.example./v1', 'gpu.example'],
    ['http://gpu.example/v1', 'example'],
    ['http://gpu.example/v1', '.example'],
    ['http://gpu.example/v1', '*.example'],
    ['http://gpu.example/v1', '*'],
    ['http://gpu.example/v1', ''],
    ['http://gpu.example/v1', 'gpu.example:80'],
    ['http://gpu.example/v1', 'http://gpu.example'],
    ['http://gpu.examp\u0142e/v1', 'gpu.example'],
    ['http://192.0.2.70/v1', '192.0.2.7'],
    ['http://evil.com/gpu.example', 'gpu.example'],
    ['http://evil.com\\@gpu.example/v1', 'gpu.example'],
    ['http://evil.com/v1', 'localhost'],
  ])('refuses %s where the person permits %j, and says how to permit it', (address, allowed) => {
    const { hostname } = new URL(address)
    expect(() => checkEndpoint(address, [allowed])).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringContaining('not on this machine'),
        hint: expect.stringContaining(`allowed_hosts: ["${hostname}"]`),
      }),
    )
  })

  test.each(['http://me:sesame@gpu.example/v1', 'http://gpu.example/v1?x', 'ftp://gpu.example/v1'])(
    'refuses %s even where its host is permitted',
    (address) => {
      expect(() => checkEndpoint(address, ['gpu.example'])).toThrow(
        expect.objectContaining({ code: 'invalid' }),
      )
    },
  )

  test.each([
    'localhost:8080',
    '127.0.0.1:8080/v1',
    '',
    'http://',
    'http://127.0.0.256/v1',
    'file:///etc/passwd',
    'ftp://127.0.0.1/v1',
    'http://127.0.0.1/v1?to=http://evil.com',
    'http://127.0.0.1/v1?',
    'http://127.0.0.1/v1#x',
  ])('refuses %s, which is no address of a server', (address) => {
    expect(() => checkEndpoint(address)).toThrow(
      expect.objectContaining({ code: 'invalid', hint: expect.any(String) }),
    )
  })

  test.each([
    'http://me:sesame@127.0.0.1/v1',
    'http://127.0.0.1:sesame@evil.com/v1',
    'http://sesame@localhost/v1',
  ])('refuses the user in %s, without repeating the password', (address) => {
    expect(() => checkEndpoint(address)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.not.stringContaining('sesame') }),
    )
  })
})

test('isLoopback knows names for what they are: no address', () => {
  expect(['localhost', '', '127.0.0.1.evil.com', '127.1'].filter(isLoopback)).toEqual([])
})
