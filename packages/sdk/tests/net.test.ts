import { describe, expect, test } from "vitest";
import { type FakeHost, runProgram } from "./testing/fakeHost.ts";

function run(imports: string, body: string, prepare: (host: FakeHost) => void = () => {}) {
  return runProgram(
    `import { print } from "lunatic";\nimport { ${imports} } from "lunatic/net";\nexport function main(): void {\n${body}\n}\n`,
    prepare,
  );
}

describe("socket addresses", () => {
  test.each([
    ["127.0.0.1:80", "127.0.0.1:80"],
    ["[::1]:65535", "[::1]:65535"],
    ["[::]:0", "[::]:0"],
    ["[2001:DB8:0:0:1:0:0:0]:443", "[2001:db8:0:0:1::]:443"],
    ["[1:2:3:4:5:6:7:8]:1", "[1:2:3:4:5:6:7:8]:1"],
    ["[::ffff:1.2.3.4]:1", "[::ffff:102:304]:1"],
    ["[1:0:0:4:5:0:0:8]:1", "[1::4:5:0:0:8]:1"],
  ])("%s is read, and written as %s", (text, expected) => {
    const { stdout } = run("SocketAddress", `print(SocketAddress.parse("${text}")!);`);
    expect(stdout).toEqual([expected]);
  });

  test.each([
    "",
    ":",
    "127.0.0.1",
    "127.0.0.1:",
    "127.0.0.1:65536",
    "127.0.0.256:1",
    "1.2.3:1",
    "::1:1",
    "[::1]",
    "[1::2::3]:1",
    "[1:2:3:4:5:6:7]:1",
    "[1:2:3:4:5:6:7:8:9]:1",
    "[::12345]:1",
    "[::g]:1",
    "localhost:80",
  ])("'%s' is none", (text) => {
    const { stdout } = run("SocketAddress", `print(SocketAddress.parse("${text}") === null);`);
    expect(stdout).toEqual(["true"]);
  });
});

describe("what the host is told", () => {
  test("an address goes to the host as it is, without asking the name service", () => {
    const calls: unknown[] = [];
    const { stdout } = run(
      "TcpListener",
      'const bound = TcpListener.bind("[::1]:8080"); print(bound.ok);',
      (host) => {
        host.functions["lunatic::networking.tcp_bind"] = (type, ip, port, flow, scope, id) => {
          calls.push(type, [...host.memory.bytes(ip!, 16)], port, flow, scope);
          host.memory.writeU64(id!, 3n);
          return 0;
        };
      },
    );
    expect(calls).toEqual([6, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 8080, 0, 0]);
    expect(stdout).toEqual(["true"]);
  });

  test("the addresses of a name are tried in turn, and the last error is told", () => {
    const ports: unknown[] = [];
    const { stdout } = run(
      "TcpStream",
      'const one = TcpStream.connect("example.org:7"); print(one.error!.text); print(one.error!.timedOut);',
      (host) => {
        let left = 2;
        Object.assign(host.functions, {
          "lunatic::networking.resolve": (name, length, timeout, id) => {
            expect(host.memory.text(name!, length!)).toBe("example.org:7");
            expect(timeout).toBe(-1n);
            host.memory.writeU64(id!, 5n);
            return 0;
          },
          "lunatic::networking.resolve_next": (_, type, ip, port) => {
            if (left === 0) return 1;
            host.memory.writeU32(type!, 4);
            host.memory.bytes(ip!, 4).set([10, 0, 0, left]);
            host.memory.bytes(port!, 2).set([left--, 0]);
            return 0;
          },
          "lunatic::networking.drop_dns_iterator": () => undefined,
          "lunatic::networking.tcp_connect": (_type, _ip, port, _flow, _scope, _timeout, id) => {
            ports.push(port);
            host.memory.writeU64(id!, host.addError(`no way to ${port}`));
            return 1;
          },
        } satisfies FakeHost["functions"]);
      },
    );
    expect(ports).toEqual([2, 1]);
    expect(stdout).toEqual(["no way to 1", "false"]);
  });

  test("pieces are written as pointer and length, and a timeout is an error that says so", () => {
    const written: string[] = [];
    const { stdout } = run(
      "TcpStream",
      `const stream = TcpStream.__of(4);
       const bytes = Uint8Array.wrap(String.UTF8.encode("hello"));
       print(stream.writeVectored([bytes, bytes.subarray(1, 3)]).value);
       const late = stream.read(bytes);
       print(late.error!.timedOut);
       print(late.error!.text);`,
      (host) => {
        Object.assign(host.functions, {
          "lunatic::networking.tcp_write_vectored": (id, list, count, out) => {
            expect([id, count]).toEqual([4n, 2]);
            const slices = new DataView(host.memory.bytes(list!, 16).slice().buffer);
            for (const at of [0, 8]) {
              written.push(host.memory.text(slices.getUint32(at, true), slices.getUint32(at + 4, true)));
            }
            host.memory.writeU64(out!, 7n);
            return 0;
          },
          "lunatic::networking.tcp_read": () => 9027,
        } satisfies FakeHost["functions"]);
      },
    );
    expect(written).toEqual(["hello", "el"]);
    expect(stdout).toEqual(["7", "true", "reading from a TCP stream timed out"]);
  });

  test("a datagram comes with its sender", () => {
    const { stdout } = run(
      "UdpSocket",
      `const bound = UdpSocket.bind("127.0.0.1:0").value;
       const got = bound.receiveFrom(new Uint8Array(8)).value;
       print(got.byteLength);
       print(got.sender);`,
      (host) => {
        let isRead = false;
        Object.assign(host.functions, {
          "lunatic::networking.udp_bind": (_type, _ip, _port, _flow, _scope, id) => {
            host.memory.writeU64(id!, 0n);
            return 0;
          },
          "lunatic::networking.udp_receive_from": (_id, _buffer, length, out, list) => {
            expect(length).toBe(8);
            host.memory.writeU64(out!, 3n);
            host.memory.writeU64(list!, 1n);
            return 0;
          },
          "lunatic::networking.resolve_next": (_, type, ip, port) => {
            if (isRead) return 1;
            isRead = true;
            host.memory.writeU32(type!, 4);
            host.memory.bytes(ip!, 4).set([127, 0, 0, 9]);
            host.memory.bytes(port!, 2).set([1, 2]);
            return 0;
          },
          "lunatic::networking.drop_dns_iterator": () => undefined,
        } satisfies FakeHost["functions"]);
      },
    );
    expect(stdout).toEqual(["3", "127.0.0.9:513"]);
  });

  test("without networking every beginning is an error that says what is missing", () => {
    const { stdout } = run(
      "TcpListener, TlsListener, TlsStream, UdpSocket, resolve",
      `const none = new Uint8Array(0);
       print(TcpListener.bind("127.0.0.1:0").error!);
       print(TlsListener.bind("127.0.0.1:0", none, none).error!);
       print(TlsStream.connect("example.org", 443).error!);
       print(UdpSocket.bind("127.0.0.1:0").error!);
       print(resolve("example.org:1").error!);`,
      (host) => {
        const failing = { tcp_bind: 5, udp_bind: 5, tls_bind: 5, tls_connect: 4, resolve: 3 };
        for (const [name, idParameter] of Object.entries(failing)) {
          host.functions[`lunatic::networking.${name}`] = (...values) => {
            host.memory.writeU64(values[idParameter]!, host.addError(`no networking: ${name}`));
            return 1;
          };
        }
      },
    );
    expect(stdout).toEqual(
      ["tcp_bind", "tls_bind", "tls_connect", "udp_bind", "resolve"].map((name) => `no networking: ${name}`),
    );
  });
});

test("every method of every class of lunatic/net compiles", () => {
  const { failure } = run(
    "TcpListener, TcpStream, TlsListener, TlsStream, UdpSocket",
    `const b = new Uint8Array(8);
     const listener = TcpListener.bind("127.0.0.1:0").value;
     listener.localAddress(); const tcp = listener.accept().value.stream; listener.close();
     tcp.peerAddress(); tcp.read(b); tcp.peek(b); tcp.write(b); tcp.flush();
     tcp.readTimeout = tcp.writeTimeout; tcp.writeTimeout = tcp.peekTimeout; tcp.peekTimeout = tcp.readTimeout;
     tcp.clone().close();
     const secure = TlsListener.bind("127.0.0.1:0", b, b).value;
     secure.localAddress(); const tls = secure.accept().value.stream; secure.close();
     tls.read(b); tls.write(b); tls.flush(); tls.readTimeout = tls.writeTimeout; tls.writeTimeout = tls.readTimeout;
     tls.clone().close();
     const udp = UdpSocket.bind("127.0.0.1:0").value;
     udp.localAddress(); udp.peerAddress(); udp.connect("127.0.0.1:1"); udp.send(b); udp.sendTo(b, "a:1");
     udp.receive(b); udp.broadcast = udp.broadcast; udp.ttl = udp.ttl; udp.clone().close();`,
  );
  expect(failure).toContain("the fake host has no lunatic::networking.tcp_bind");
});
