"""One table: a step of Adagrad and of Adam here and in PyTorch, and the regression demo here and in NumPy, measured in turns."""

import os
import subprocess
import time

import numpy as np
import torch

ROUNDS = 3
BENCH = ["cargo", "bench", "--quiet", "--package", "update-rules", "--features", "threads", "--bench", "speed", "--", "--lines"]


def ours(what, threads):
    """Nanoseconds of one step: Adagrad's on `what` parameters, Adam's on `adam=…`, or an update of the regression demo."""
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
    return float(subprocess.check_output([*BENCH, str(what)], env=environment, text=True).split()[1])


def best(call):
    """Nanoseconds of one call, the best of several batches, as the Rust side measures."""

    def timed(reps):
        call()
        start = time.perf_counter()
        for _ in range(reps):
            call()
        return (time.perf_counter() - start) * 1e9 / reps

    reps = min(max(int(5e6 / min(timed(3), timed(3))), 2), 1_000_000)
    return min(timed(reps) for _ in range(15))


def pytorch(optimizer, n, threads, **options):
    torch.set_num_threads(threads)
    w = torch.nn.Parameter(torch.ones(n))
    w.grad = torch.arange(n) * 7919 % 1009 / 500 - 1
    return best(optimizer([w], lr=0.01, **options).step)


def numpy_regression():
    """Nanoseconds of one of 100 000 updates, as one writes them in NumPy."""
    x = np.array([338, 333, 328, 207, 226, 25, 179, 60, 208, 606], dtype=float)
    y = np.array([640, 633, 619, 393, 428, 27, 193, 66, 226, 1591], dtype=float)
    w, s, updates = np.array([-120.0, -4.0]), np.zeros(2), 100_000
    start = time.perf_counter()
    for _ in range(updates):
        r = y - (w[0] + w[1] * x)
        g = np.array([-2 * r.sum(), -2 * (r * x).sum()])
        s += g * g
        w -= g / np.sqrt(s)
    elapsed = time.perf_counter() - start
    assert np.allclose(w, [-188.366839, 2.669264], rtol=0, atol=5e-7), w
    return elapsed * 1e9 / updates


def row(name, rust, peer):
    """Takes turns, keeps the best of each, prints one row."""
    rust, peer = (min(times) for times in zip(*((rust(), peer()) for _ in range(ROUNDS))))
    print(f"{name:50} {rust / 1e3:12.3f} µs {peer / 1e3:12.3f} µs {peer / rust:9.1f}×", flush=True)


subprocess.check_call([*BENCH[:-2], "--no-run"])
print(f"{'':50} {'update-rules':>15} {'peer':>15} {'ratio':>10}")
cores = len(os.sched_getaffinity(0))
sizes = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000]
for name, optimizer, word in [("Adagrad", torch.optim.Adagrad, ""), ("Adam", torch.optim.Adam, "adam=")]:
    for n in sizes:
        if n <= 1_000:
            row(
                f"{name}, n = {n}, PyTorch default",
                lambda: ours(f"{word}{n}", cores),
                lambda: pytorch(optimizer, n, cores),
            )
        for threads in sorted({1, cores}):
            row(
                f"{name}, n = {n}, PyTorch fused, {threads} thread{'s' * (threads > 1)}",
                lambda: ours(f"{word}{n}", threads),
                lambda: pytorch(optimizer, n, threads, fused=True),
            )
row("regression demo, one update, NumPy", lambda: ours("regression", 1), numpy_regression)
