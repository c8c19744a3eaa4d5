using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "program", worker = .program)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "program")],
);

const program :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  bindings = [(name = "ADAPTER", fromEnvironment = "ADAPTER")],
  compatibilityDate = "2026-03-01",
);
