"""Runs the command ``zhibiao extract`` with the stages of this folder, and reports its progress on stderr.

Usage: run_extract.py [--limit BYTES] ARGUMENTS...: with a limit no file may grow beyond it, as on a full disk.
"""

import multiprocessing
import resource
import signal
import sys
from typing import Any

from fake_stages import STAGES

from zhibiao import cli, inference

extract = inference.extract


def extract_with_fakes(*args: Any, **options: Any) -> inference.RunSummary:
    def report(done: int, total: int) -> None:
        workers = " ".join(str(process.pid) for process in multiprocessing.active_children())
        sys.stderr.write(f"progress {done} {total} {workers}\n")
        sys.stderr.flush()

    return extract(*args, **(options | {"stages": STAGES, "progress": report}))


if __name__ == "__main__":
    # a job in the background is born deaf to Ctrl-C; at a terminal, which is what the tests are about, it is not
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.argv[1] == "--limit":
        limit = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        del sys.argv[1:3]
    inference.extract = extract_with_fakes
    sys.argv.insert(1, "extract")
    cli.main()
