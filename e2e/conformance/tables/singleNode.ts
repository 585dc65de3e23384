import type { ConformanceCase } from "../conformanceCase.ts";

function traps(chapter: string, name: string, call: string): ConformanceCase {
  const reason = chapter === "3.9" ? "on a host that is not distributed" : "without a socket";
  const ends = `trapped: lunatic::${name.replace(".", "::")}`;
  return { chapter, name: `${name} traps ${reason}`, body: call, ends };
}

/** Host ABI 3.9 to 3.11, and of 3.2 the resources that no process of this host can have. */
export const singleNodeCases: readonly ConformanceCase[] = [
  {
    chapter: "3.9",
    name: "without distributed mode node_id, module_id and nodes_count are 0",
    body: `
      (report (distributed.node_id)) (report (distributed.module_id)) (report (distributed.nodes_count))`,
    reports: [0, 0, 0],
  },
  {
    chapter: "3.9",
    name: "get_nodes answers 0 and writes nothing",
    body: `(mark 256 8) (report (distributed.get_nodes 256 1)) (dump 256 8) (report (distributed.get_nodes 0 0))`,
    reports: [0, "aaaaaaaaaaaaaaaa", 0],
  },
  traps("3.9", "distributed.spawn", `(drop (distributed.spawn 0 -1 -1 "_start" "" 256))`),
  traps("3.9", "distributed.send", `(message.create_data 0 0) (drop (distributed.send 0 1))`),
  traps(
    "3.9",
    "distributed.send_receive_skip_search",
    `(message.create_data 1 0) (drop (distributed.send_receive_skip_search 0 1 1 0))`,
  ),
  traps("3.9", "distributed.exec_lookup_nodes", `(drop (distributed.exec_lookup_nodes "a=b" 256 264 272))`),
  traps(
    "3.9",
    "distributed.copy_lookup_nodes_results",
    `(drop (distributed.copy_lookup_nodes_results 0 256 1 264))`,
  ),
  traps("3.9", "distributed.test_root_cert", `(drop (distributed.test_root_cert 256))`),
  traps(
    "3.9",
    "distributed.default_server_certificates",
    `(drop (distributed.default_server_certificates 256 0 256 0 264))`,
  ),
  traps("3.9", "distributed.sign_node", `(drop (distributed.sign_node 256 0 256 0 256 0 264))`),
  traps("3.2", "message.push_tcp_stream", `(message.create_data 0 0) (drop (message.push_tcp_stream 0))`),
  traps("3.2", "message.take_tcp_stream", `(message.create_data 0 0) (drop (message.take_tcp_stream 0))`),
  traps("3.2", "message.push_tls_stream", `(message.create_data 0 0) (drop (message.push_tls_stream 0))`),
  traps("3.2", "message.take_tls_stream", `(message.create_data 0 0) (drop (message.take_tls_stream 0))`),
  traps("3.2", "message.push_udp_socket", `(message.create_data 0 0) (drop (message.push_udp_socket 0))`),
  traps("3.2", "message.take_udp_socket", `(message.create_data 0 0) (drop (message.take_udp_socket 0))`),
  {
    chapter: "3.10",
    name: "the version is 0.13.2",
    body: `(report (version.major)) (report (version.minor)) (report (version.patch))`,
    reports: [0, 13, 2],
  },
  {
    chapter: "3.11",
    name: "metrics take any name and any number",
    body: `
      (metrics.counter "requests" 5) (metrics.increment_counter "requests") (metrics.counter "" -1)
      (metrics.gauge "load" 1.5) (metrics.increment_gauge "load" 0.5) (metrics.decrement_gauge "load" -3)
      (metrics.histogram "time" 0.25) (metrics.gauge "odd" (f64.const nan)) (metrics.histogram "odd" (f64.const inf))
      (report 1)`,
    reports: [1],
  },
  ...["counter", "increment_counter", "gauge", "increment_gauge", "decrement_gauge", "histogram"].map(
    (name): ConformanceCase => ({
      chapter: "3.11",
      name: `metrics.${name} traps for a name that is not UTF-8`,
      body: `(metrics.${name} "\\ff"${name === "increment_counter" ? "" : " 1"})`,
      ends: `trapped: lunatic::metrics::${name}: the string of 1 bytes`,
    }),
  ),
];
