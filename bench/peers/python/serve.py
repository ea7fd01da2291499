"""The peer's end of the line protocol: one JSON request per line on stdin, one JSON answer per line on stdout."""

import json
import sys
import time


def serve(verbs):
    """Answers requests until stdin ends. `do` in a request is the name of the function."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = verbs[request["do"]](request) or {}
        except Exception as error:  # whatever it is, whoever asked has to know
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def timed(work):
    """Measures how long some work takes, in ms."""
    before = time.perf_counter()
    work()
    return {"ms": 1000 * (time.perf_counter() - before)}
