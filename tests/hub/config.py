"""A JupyterHub for `just verify-hub`: on the loopback address, its students are Unix accounts, nobody logs in by hand.

What a real one adds is how people log in; the rest can stay."""

import os

c = get_config()  # noqa: F821
hub, proxy, api = os.environ["HUB_PORTS"].split()
c.JupyterHub.bind_url = f"http://127.0.0.1:{proxy}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{hub}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = [os.environ["HUB_PROXY"]]
c.JupyterHub.authenticator_class = "null"

# Who asks the hub to start and stop servers.
c.JupyterHub.services = [{"name": "verify", "api_token": os.environ["HUB_TOKEN"]}]
scopes = ["admin:users", "admin:servers", "tokens"]
c.JupyterHub.load_roles = [{"name": "verify", "services": ["verify"], "scopes": scopes}]

# A server is a process of its student's account, and looks for kernels below the prefix.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [os.environ["HUB_SERVER"]]
c.Spawner.environment = {"JUPYTER_PATH": os.environ["HUB_KERNELS"]}
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
# A kernel that nobody has used for half an hour ends, and gives its memory back.
c.Spawner.args = ["--MappingKernelManager.cull_idle_timeout=1800", "--MappingKernelManager.cull_interval=60"]
