"""The site's own processes: started, listened to, started again, stopped."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Final

from config import embedded
from config.up.errors import UpError

#: What the allocator sets aside for each thread it never gives back. Threads that take turns at
#: Python lose nothing by sharing it, and many downloads take no more memory than one.
FRUGAL: Final = {"MALLOC_ARENA_MAX": "1"}
STOP_TIMEOUT = 15
# So many ends within so many seconds are not an accident any more.
MOST_ENDS = 3
WITHIN_SECONDS = 60
# Python's own warnings (py.warnings) are for developers, who find them in the log.
WORTH_SHOWING = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b(?! py\.warnings)(?P<text>.*)")


class Child:
    """One process; what it says goes to its log, warnings to the terminal too."""

    def __init__(self, name: str, arguments: list[str], ready: str, log: Path) -> None:
        self.name = name
        self.arguments = arguments
        self.ready_words = ready
        self.log = log
        self.ready = threading.Event()
        self.process: subprocess.Popen[str] | None = None
        self.listener: threading.Thread | None = None
        self.ends: list[float] = []
        if log.exists():
            log.replace(log.with_suffix(".log.1"))

    def start(self) -> None:
        command = [sys.executable, "-m", *self.arguments]
        if leash := shutil.which("setpriv"):
            # Should this process be killed, the kernel stops its children.
            command = [leash, "--pdeathsig", "TERM", *command]
        self.process = subprocess.Popen(
            command,
            cwd=embedded.CHECKOUT,
            env={**FRUGAL, **os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # Its own session: Ctrl-C reaches the parent, which stops the children in order.
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.listener = threading.Thread(
            target=self.listen, args=(self.process.stdout,), daemon=True
        )
        self.listener.start()

    def listen(self, output: IO[str]) -> None:
        last = ""
        with output, self.log.open("a") as log:
            for line in output:
                log.write(line)
                log.flush()
                if self.ready_words in line:
                    self.ready.set()
                found = WORTH_SHOWING.search(line)
                # A broker that is gone is reported every second; once is enough here.
                if found and found["text"] != last:
                    last = found["text"]
                    print(f"[{self.name}] {line.rstrip()}", flush=True)

    def look(self) -> None:
        """Start the process again if it has ended; give up when that happens repeatedly."""
        assert self.process is not None
        code = self.process.poll()
        if code is None:
            return
        now = time.monotonic()
        self.ends = [end for end in self.ends if end > now - WITHIN_SECONDS] + [now]
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        if len(self.ends) >= MOST_ENDS:
            raise UpError(
                f"The {self.name} process ended {MOST_ENDS} times within a minute ({how}): "
                f"{self.last_words()} (The log is {self.log}.)"
            )
        print(f"The {self.name} process has ended ({how}); it is started again.", flush=True)
        self.start()

    def last_words(self) -> str:
        if self.listener is not None:
            self.listener.join(1)
        said = self.log.read_text().split("\n") if self.log.exists() else []
        return next((line.strip() for line in reversed(said) if line.strip()), "it said nothing.")

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                print(f"The {self.name} process does not stop and is killed.", flush=True)
                self.process.kill()
                self.process.wait()
        if self.listener is not None:
            self.listener.join(1)
