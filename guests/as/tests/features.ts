import { assertEqual } from "lunatic";
import { lookupNodes, nodeId, nodes } from "lunatic/distributed";
import { counter, decrementGauge, gauge, histogram, incrementCounter, incrementGauge } from "lunatic/metrics";
import { TcpListener, TcpStream, TlsListener, TlsStream, UdpSocket, resolve } from "lunatic/net";
import { SqliteClient } from "lunatic/sqlite";

/** What the host does not have yet is an error that says so. It must not be a panic. */
function expectMissing(text: string, feature: string): void {
  assert(text.includes(feature), text);
}

@test
function networkingFailsWithAnErrorWhereItIsMissing(): void {
  const none = new Uint8Array(0);
  const listener = TcpListener.bind("127.0.0.1:0");
  if (listener.ok) return;
  expectMissing(listener.error!.text, "networking");
  expectMissing(TcpStream.connect("127.0.0.1:1").error!.text, "networking");
  expectMissing(TcpStream.connect("localhost:1").error!.text, "networking");
  expectMissing(TlsListener.bind("127.0.0.1:0", none, none).error!.text, "networking");
  expectMissing(TlsStream.connect("localhost", 1).error!.text, "networking");
  expectMissing(UdpSocket.bind("127.0.0.1:0").error!.text, "networking");
  expectMissing(resolve("localhost:1").error!.text, "networking");
}

@test
function aDatabaseThatCannotBeOpenedIsAnError(): void {
  const connected = SqliteClient.connect("/nowhere/app.db");
  assert(!connected.ok);
  assert(connected.error!.text.length > 0);
}

@test
function metricsAreTaken(): void {
  counter("tests", 2);
  incrementCounter("tests");
  gauge("level", 1.5);
  incrementGauge("level", 1);
  decrementGauge("level", 0.5);
  histogram("size", 12);
}

@test
function aRuntimeThatIsNoNodeHasNoNodes(): void {
  assertEqual(nodeId(), 0);
  assertEqual(nodes().length, 0);
  assert(!lookupNodes("name=other").ok);
}
