"""Finds which BLAS NumPy uses: name, version and threads, from the loaded library."""

import ctypes
import os
import re


def describe_blas():
    for path in _loaded():
        library = ctypes.CDLL(path)
        for prefix, suffix in (("", ""), ("", "64_"), ("scipy_", "64_"), ("scipy_", "")):
            config = getattr(library, f"{prefix}openblas_get_config{suffix}", None)
            if config is None:
                continue
            config.restype = ctypes.c_char_p
            threads = getattr(library, f"{prefix}openblas_get_num_threads{suffix}")()
            version = re.search(r"OpenBLAS [\d.]+", config().decode())
            core = getattr(library, f"{prefix}openblas_get_corename{suffix}")
            core.restype = ctypes.c_char_p
            name = version.group() if version else "OpenBLAS"
            return f"{name} ({core().decode()} kernels, {threads} thread{'s' if threads > 1 else ''})"
        return os.path.basename(path)
    return "an unknown BLAS"


def _loaded():
    """Paths of the loaded libraries with a BLAS name; empty if the system does not list them."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split(maxsplit=5)[-1].strip() for line in maps}
    except OSError:
        return []
    return sorted(path for path in paths if "blas" in os.path.basename(path) and ".so" in path)
