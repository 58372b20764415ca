"""The other side of gradcheck.mjs: the same problems for PyTorch's gradcheck and SciPy's check_grad, as JSON."""
import json
import sys
import time

import numpy as np
from scipy.optimize import check_grad


def middle(act, budget=2.0, most=21):
    """The middle of several runs, each long enough for the clock, in milliseconds of processor time."""
    end = time.process_time() + 0.5
    while time.process_time() < end:
        act()
    first = time.process_time()
    act()
    repeats = max(1, int(np.ceil(0.02 / max(time.process_time() - first, 1e-6))))
    times = []
    start = time.process_time()
    while len(times) < most and (not times or time.process_time() - start < budget):
        before = time.process_time()
        for _ in range(repeats):
            act()
        times.append((time.process_time() - before) / repeats)
    return 1000 * sorted(times)[len(times) // 2]


def problem(kind, d, h, k, batch):
    rng = np.random.default_rng(1)
    x = rng.standard_normal((batch, d))
    y = np.eye(k)[rng.integers(0, k, batch)]
    shapes = [(d, k), (1, k)] if kind == "softmax" else [(d, h), (1, h), (h, k), (1, k)]
    return x, y, [0.3 * rng.standard_normal(shape) for shape in shapes]


def with_torch(kind, sizes):
    import torch

    torch.set_num_threads(1)
    x, y, values = problem(kind, *sizes)
    x, y = torch.tensor(x), torch.tensor(y)
    params = [torch.tensor(value, requires_grad=True) for value in values]

    def loss(*p):
        z = x @ p[0] + p[1]
        if kind == "mlp":
            z = torch.tanh(z) @ p[2] + p[3]
        return -(y * torch.log_softmax(z, 1)).sum() / x.shape[0]

    check = lambda fast: torch.autograd.gradcheck(loss, params, fast_mode=fast)
    if DIRECTIONS:
        return {"torchFast": middle(lambda: check(True))}
    return {"torch": middle(lambda: check(False)), "torchFast": middle(lambda: check(True))}


def with_scipy(kind, sizes):
    x, y, values = problem(kind, *sizes)
    n = x.shape[0]
    shapes = [value.shape for value in values]

    def parts(flat):
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        return [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes)]

    def forward(flat):
        p = parts(flat)
        a = np.tanh(x @ p[0] + p[1]) if kind == "mlp" else x
        z = a @ p[-2] + p[-1]
        z = z - z.max(1, keepdims=True)
        return p, a, z - np.log(np.exp(z).sum(1, keepdims=True))

    def loss(flat):
        return -(y * forward(flat)[2]).sum() / n

    def grad(flat):
        p, a, logs = forward(flat)
        g = (np.exp(logs) - y) / n
        top = [a.T @ g, g.sum(0)]
        if kind == "mlp":
            back = (g @ p[2].T) * (1 - a * a)
            top = [x.T @ back, back.sum(0)] + top
        return np.concatenate([part.ravel() for part in top])

    flat = np.concatenate([value.ravel() for value in values])
    assert check_grad(loss, grad, flat) < 1e-4
    return {"scipy": middle(lambda: check_grad(loss, grad, flat))}


DIRECTIONS = "--directions" in sys.argv

for line in sys.stdin:
    kind, *sizes = json.loads(line)
    answer = {}
    for side in (with_torch,) if DIRECTIONS else (with_torch, with_scipy):
        try:
            answer.update(side(kind, sizes))
        except ImportError as problem_:
            answer[side.__name__] = str(problem_)
    print(json.dumps(answer), flush=True)
