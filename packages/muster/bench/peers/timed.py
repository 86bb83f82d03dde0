"""Runs one piece of work as a peer's user would write it, and prints what it took as one line of JSON.

The clock starts after the imports: `read` is from the file to a data frame, `work` from there to the numbers.
"""

import json
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")


def timed(read, work, versions):
    """`read(*args)` gives what `work` takes; `work` gives the numbers, to be held against Muster's."""
    cpu = time.process_time()
    started = time.perf_counter()
    data = read(*sys.argv[1:])
    has_read = time.perf_counter()
    numbers = work(data)
    ended = time.perf_counter()
    cpu = time.process_time() - cpu
    print(
        json.dumps(
            {
                "read": has_read - started,
                "work": ended - has_read,
                # Of all threads, `read` and `work` together.
                "cpu": cpu,
                # Linux counts in KiB.
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "versions": versions,
                "numbers": numbers,
            }
        )
    )
