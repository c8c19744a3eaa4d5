# The configuration of workerd, the open-source runtime of Workers. It reads the secrets from the environment.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "webhooks", worker = .webhooks)],
  sockets = [(name = "http", address = "127.0.0.1:3000", http = (), service = "webhooks")],
);

const webhooks :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "dist/worker.js")],
  compatibilityDate = "2026-11-01",
  bindings = [
    (name = "VISISTO_SECRET", fromEnvironment = "VISISTO_SECRET"),
    (name = "FINGERPRINTING_API_SECRET", fromEnvironment = "FINGERPRINTING_API_SECRET"),
    (name = "EMBEDDABLE_SECRET", fromEnvironment = "EMBEDDABLE_SECRET"),
    (name = "VISIBUILD_SECRET", fromEnvironment = "VISIBUILD_SECRET"),
    (name = "SCRATCHER_USERNAME", fromEnvironment = "SCRATCHER_USERNAME"),
    (name = "SCRATCHER_PASSWORD", fromEnvironment = "SCRATCHER_PASSWORD"),
  ],
);
