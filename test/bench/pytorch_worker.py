"""Trains one of the benchmark's models in PyTorch, as a careful user writes it there.

    python pytorch_worker.py MODEL FIXTURE_FOLDER --threads N [--compile] [--device cuda [--tf32]]

or, with "matmul" as the model, multiplies matrices.

Speaks the protocol of protocol.ts: one JSON object a line. Any PyTorch from 1.13 on.

The fixture's tensors are NHWC with TensorFlow's "same" padding, which for stride 2 puts the odd row
and column at the bottom right; PyTorch's symmetric padding puts it at the top left. Turning every
image, mask and kernel by 180 degrees makes the two the same, at no cost while training.
"""

import argparse
import gc
import json
import os
import re
import resource
import sys
import tempfile
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


# --- The fixture -----------------------------------------------------------------------------------


def read_safetensors(file):
    """Every tensor of a safetensors file by name, as NumPy arrays."""
    with open(file, 'rb') as stream:
        header = json.loads(stream.read(int.from_bytes(stream.read(8), 'little')))
        data = memoryview(bytearray(stream.read()))
    types = {'F32': np.float32, 'I32': np.int32}
    tensors = {}
    for name, entry in header.items():
        if name != '__metadata__':
            start, end = entry['data_offsets']
            tensors[name] = np.frombuffer(data[start:end], types[entry['dtype']]).reshape(entry['shape'])
    return tensors


def from_nhwc(array):
    """Turned by 180 degrees, as NCHW; other than four axes, as it is."""
    if array.ndim == 4:
        array = array[:, ::-1, ::-1, :].transpose(0, 3, 1, 2)
    return torch.from_numpy(np.ascontiguousarray(array))


def features_from_map(array, axis, shape):
    """One axis that counts a flattened [height, width, channels] map, turned and as [channels, height, width]."""
    array = np.moveaxis(array, axis, 0)
    rest = array.shape[1:]
    array = array.reshape(*shape, *rest)[::-1, ::-1].swapaxes(1, 2).swapaxes(0, 1)
    return np.moveaxis(array.reshape(-1, *rest), 0, axis)


def linear(inputs, units, from_map=None, to_map=None, bias=True):
    """A dense layer; the maps say which features are a flattened [height, width, channels]."""
    layer = nn.Linear(inputs, units, bias=bias)
    layer.from_map, layer.to_map = from_map, to_map
    return layer


def load_weights(network, prefix, tensors):
    """Copies the fixture's weights into a network; layers have the fixture's names, with _ for /."""
    named = {name.replace('/', '_'): array for name, array in tensors.items()}

    def copy(parameter, array):
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))

    for name, layer in network.named_children():
        get = lambda role: named[f'weights_{prefix}_{name}_{role}']
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            copy(layer.weight, get('gamma'))
            copy(layer.bias, get('beta'))
            continue
        kernel = get('kernel')
        bias = get('bias') if layer.bias is not None else None
        if isinstance(layer, nn.Linear):
            if layer.from_map:
                kernel = features_from_map(kernel, 0, layer.from_map)
            if layer.to_map:
                kernel = features_from_map(kernel, 1, layer.to_map)
                bias = bias if bias is None else features_from_map(bias, 0, layer.to_map)
            kernel = kernel.T
        else:
            # [height, width, in, out], of a transposed convolution [height, width, out, in]; PyTorch
            # has the last two first, the other way round.
            kernel = kernel[::-1, ::-1].transpose(3, 2, 0, 1)
        copy(layer.weight, kernel)
        if bias is not None:
            copy(layer.bias, bias)


# --- The models ------------------------------------------------------------------------------------


def conv(inputs, filters, kernel, stride=1, bias=True):
    return nn.Conv2d(inputs, filters, kernel, stride, padding=(kernel - 1) // 2, bias=bias)


def conv_transpose(inputs, filters, kernel, stride, bias=True):
    padding = (kernel - stride + 1) // 2
    output_padding = stride - kernel + 2 * padding
    return nn.ConvTranspose2d(inputs, filters, kernel, stride, padding, output_padding, bias=bias)


def dropped(x, rate, mask):
    return F.dropout(x, rate) if mask is None else x * mask


class ChapterMlpConv:
    class Generator(nn.Module):
        def __init__(self, latent, size, channels, classes):
            super().__init__()
            self.image = (channels, size, size)
            self.dense_1, self.norm_1 = linear(latent, 256), nn.BatchNorm1d(256)
            self.dense_2, self.norm_2 = linear(256, 512), nn.BatchNorm1d(512)
            self.dense_3 = linear(512, size * size * channels, to_map=(size, size, channels))

        def forward(self, z, labels=None):
            x = F.leaky_relu(self.norm_1(self.dense_1(z)), 0.2)
            x = F.leaky_relu(self.norm_2(self.dense_2(x)), 0.2)
            return torch.tanh(self.dense_3(x)).view(-1, *self.image)

    class Discriminator(nn.Module):
        dropouts = 2

        def __init__(self, size, channels, classes):
            super().__init__()
            last = -(-size // 4)
            self.conv_1, self.conv_2 = conv(channels, 64, 3, 2), conv(64, 128, 3, 2)
            self.head = linear(last * last * 128, 1, from_map=(last, last, 128))

        def forward(self, x, labels=None, masks=(None,) * 2):
            x = dropped(F.leaky_relu(self.conv_1(x), 0.2), 0.25, masks[0])
            x = dropped(F.leaky_relu(self.conv_2(x), 0.2), 0.25, masks[1])
            return self.head(x.flatten(1))


class ChapterDeep:
    class Generator(nn.Module):
        def __init__(self, latent, size, channels, classes):
            super().__init__()
            self.start = size // 4
            widths = [latent + classes, 128, 256, 256, 512, self.start**2 * 64]
            start_map = (self.start, self.start, 64)
            self.dense = []
            for i in range(1, 6):
                layer = linear(widths[i - 1], widths[i], to_map=start_map if i == 5 else None, bias=False)
                norm = nn.BatchNorm1d(widths[i])
                self.add_module(f'dense_{i}', layer)
                self.add_module(f'dense_{i}_norm', norm)
                self.dense.append((layer, norm))
            self.conv_1, self.conv_1_norm = conv(64, 128, 3, bias=False), nn.BatchNorm2d(128)
            self.conv_2, self.conv_2_norm = conv_transpose(128, 64, 4, 2, bias=False), nn.BatchNorm2d(64)
            self.conv_3, self.conv_3_norm = conv(64, 64, 3, bias=False), nn.BatchNorm2d(64)
            self.conv_4, self.conv_4_norm = conv_transpose(64, 32, 4, 2, bias=False), nn.BatchNorm2d(32)
            self.conv_5 = conv(32, channels, 3)

        def forward(self, z, labels=None):
            x = torch.cat([z, labels], 1)
            for dense, norm in self.dense:
                x = F.leaky_relu(norm(dense(x)), 0.2)
            x = x.view(-1, 64, self.start, self.start)
            x = F.leaky_relu(self.conv_1_norm(self.conv_1(x)), 0.2)
            x = F.leaky_relu(self.conv_2_norm(self.conv_2(x)), 0.2)
            x = F.leaky_relu(self.conv_3_norm(self.conv_3(x)), 0.2)
            x = F.leaky_relu(self.conv_4_norm(self.conv_4(x)), 0.2)
            return torch.tanh(self.conv_5(x))

    class Discriminator(nn.Module):
        dropouts = 5

        def __init__(self, size, channels, classes):
            super().__init__()
            last = -(-size // 8)
            self.conv_1 = conv(channels, 32, 3, 2)
            self.conv_2 = conv(32 + classes, 64, 3, 1)
            self.conv_3 = conv(64, 64, 3, 2)
            self.conv_4 = conv(64, 128, 3, 1)
            self.conv_5 = conv(128, 128, 3, 2)
            self.dense_1 = linear(last * last * 128, 128, from_map=(last, last, 128))
            self.head = linear(128, 1)

        def forward(self, x, labels=None, masks=(None,) * 5):
            for i, layer in enumerate([self.conv_1, self.conv_2, self.conv_3, self.conv_4, self.conv_5]):
                if i == 1:
                    maps = labels[:, :, None, None].expand(-1, -1, *x.shape[2:])
                    x = torch.cat([x, maps], 1)
                x = dropped(F.leaky_relu(layer(x), 0.2), 0.25, masks[i])
            return self.head(F.leaky_relu(self.dense_1(x.flatten(1)), 0.2))


class Dcgan:
    PLANS = {28: (7, [256, 128, 64], [1, 2, 2]), 64: (4, [512, 256, 128, 64], [2, 2, 2, 2])}

    @staticmethod
    def plan(size, narrowing):
        start, widths, strides = Dcgan.PLANS[size]
        return start, [width // narrowing for width in widths], strides

    class Generator(nn.Module):
        narrowing = 1

        def __init__(self, latent, size, channels, classes):
            super().__init__()
            self.start, widths, strides = Dcgan.plan(size, self.narrowing)
            self.width = widths[0]
            units = self.start**2 * self.width
            self.dense_1 = linear(latent, units, to_map=(self.start, self.start, self.width), bias=False)
            self.norm_1 = nn.BatchNorm2d(self.width)
            self.hidden = []
            for i, filters in enumerate(widths[1:], 1):
                layer, norm = conv_transpose(widths[i - 1], filters, 5, strides[i - 1], bias=False), nn.BatchNorm2d(filters)
                self.add_module(f'conv_{i}', layer)
                self.add_module(f'norm_{i + 1}', norm)
                self.hidden.append((layer, norm))
            self.last = f'conv_{len(widths)}'
            self.add_module(self.last, conv_transpose(widths[-1], channels, 5, strides[-1]))

        def forward(self, z, labels=None):
            x = self.dense_1(z).view(-1, self.width, self.start, self.start)
            x = F.relu(self.norm_1(x), inplace=True)
            for layer, norm in self.hidden:
                x = F.relu(norm(layer(x)), inplace=True)
            return torch.tanh(getattr(self, self.last)(x))

    class Discriminator(nn.Module):
        dropouts = 0
        narrowing = 1

        def __init__(self, size, channels, classes):
            super().__init__()
            _, widths, _ = Dcgan.plan(size, self.narrowing)
            widths = [channels, *reversed(widths)]
            self.hidden = []
            for i in range(1, len(widths)):
                layer = conv(widths[i - 1], widths[i], 5, 2, bias=i == 1)
                self.add_module(f'conv_{i}', layer)
                norm = None if i == 1 else nn.BatchNorm2d(widths[i])
                if norm is not None:
                    self.add_module(f'norm_{i}', norm)
                self.hidden.append((layer, norm))
                size = -(-size // 2)
            self.head = linear(size * size * widths[-1], 1, from_map=(size, size, widths[-1]))

        def forward(self, x, labels=None, masks=()):
            for layer, norm in self.hidden:
                x = layer(x)
                x = F.leaky_relu(x if norm is None else norm(x), 0.2, inplace=True)
            return self.head(x.flatten(1))


class NarrowDcgan:
    class Generator(Dcgan.Generator):
        narrowing = 8

    class Discriminator(Dcgan.Discriminator):
        narrowing = 8


class Residual:
    # Gamma of the zero-centred gradient penalties R1 and R2.
    PENALTY = 1

    class Generator(nn.Module):
        def __init__(self, latent, size, channels, classes):
            super().__init__()
            self.dense_1 = linear(latent, 4 * 4 * 128, to_map=(4, 4, 128))
            self.res_1a, self.res_1b = conv(128, 128, 3), conv(128, 128, 3)
            self.res_2a, self.res_2b = conv(128, 128, 3), conv(128, 128, 3)
            self.narrow_2 = conv(128, 64, 1)
            self.res_3a, self.res_3b = conv(64, 64, 3), conv(64, 64, 3)
            self.narrow_3 = conv(64, 32, 1)
            self.image = conv(32, channels, 3)

        def forward(self, z, labels=None):
            x = self.dense_1(z).view(-1, 128, 4, 4)
            x = larger(residual(x, self.res_1a, self.res_1b))
            x = larger(self.narrow_2(residual(x, self.res_2a, self.res_2b)))
            x = larger(self.narrow_3(residual(x, self.res_3a, self.res_3b)))
            return torch.tanh(self.image(F.leaky_relu(x, 0.2)))

    class Discriminator(nn.Module):
        dropouts = 0

        def __init__(self, size, channels, classes):
            super().__init__()
            self.image = conv(channels, 32, 3)
            self.widen_1 = conv(32, 64, 1)
            self.res_1a, self.res_1b = conv(64, 64, 3), conv(64, 64, 3)
            self.widen_2 = conv(64, 128, 1)
            self.res_2a, self.res_2b = conv(128, 128, 3), conv(128, 128, 3)
            self.dense_1 = linear(4 * 4 * 128, 1, from_map=(4, 4, 128))

        def forward(self, x, labels=None, masks=()):
            x = F.avg_pool2d(self.image(x), 2)
            x = F.avg_pool2d(residual(self.widen_1(x), self.res_1a, self.res_1b), 2)
            x = F.avg_pool2d(residual(self.widen_2(x), self.res_2a, self.res_2b), 2)
            return self.dense_1(F.leaky_relu(x, 0.2).flatten(1))


def residual(x, first, second):
    return x + second(F.leaky_relu(first(F.leaky_relu(x, 0.2)), 0.2))


def larger(x):
    return F.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False)


class Dense:
    Generator = ChapterMlpConv.Generator

    class Discriminator(nn.Module):
        dropouts = 0

        def __init__(self, size, channels, classes):
            super().__init__()
            self.dense_1 = linear(size * size * channels, 512, from_map=(size, size, channels))
            self.dense_2 = linear(512, 256)
            self.head = linear(256, 1)

        def forward(self, x, labels=None, masks=()):
            x = F.leaky_relu(self.dense_1(x.flatten(1)), 0.2)
            return self.head(F.leaky_relu(self.dense_2(x), 0.2))


MODELS = {
    'chapter-mlp-conv': ChapterMlpConv,
    'chapter-deep': ChapterDeep,
    'dcgan-28': Dcgan,
    'dcgan-64': Dcgan,
    'dcgan-64-narrow': NarrowDcgan,
    'residual-r1-r2': Residual,
    'dense': Dense,
}


# --- Training --------------------------------------------------------------------------------------


class OwnDraws:
    """Noise by PyTorch's own generator, dropout by its own layer."""

    def __init__(self, batch, latent, device):
        self.shape, self.device = (batch, latent), device

    def noise(self):
        return torch.randn(self.shape, device=self.device)

    def masks(self, count):
        return (None,) * count


class FixtureDraws:
    """The noise and dropout that the fixture has for one step, in the order of their use."""

    def __init__(self, tensors, step, device):
        self.tensors, self.step, self.device, self.use = tensors, step, device, 0

    def noise(self):
        array = self.tensors[f'draws/{self.step}/{self.use}']
        self.use += 1
        return from_nhwc(array).to(self.device)

    def masks(self, count):
        return tuple(self.noise() for _ in range(count))


def make_adam(parameters, learning_rate, beta1, beta2):
    """The fastest Adam that this PyTorch has for the device; its name comes second."""
    parameters = list(parameters)
    for kind in ({'fused': True}, {}):
        try:
            adam = torch.optim.Adam(parameters, lr=learning_rate, betas=(beta1, beta2), **kind)
            return adam, 'fused Adam' if kind else 'Adam'
        except (RuntimeError, TypeError):
            pass
    raise RuntimeError('torch.optim.Adam cannot be made')


class Training:
    def __init__(self, fixture, tensors, device, channels_last, compiled):
        model, images = MODELS[fixture['model']], fixture['images']
        size, channels, classes = images['size'], images['channels'], images['classes']
        layout = torch.channels_last if channels_last else torch.contiguous_format
        to = {'device': device, 'memory_format': layout}
        generator = model.Generator(fixture['latentSize'], size, channels, classes)
        discriminator = model.Discriminator(size, channels, classes)
        load_weights(generator, 'generator', tensors)
        load_weights(discriminator, 'discriminator', tensors)
        self.generator, self.discriminator = generator.to(**to), discriminator.to(**to)
        self.discriminator_weights = list(discriminator.parameters())
        adam = fixture['optimizer']
        settings = adam['learningRate'], adam['beta1'], adam['beta2']
        self.generator_adam, self.adam_kind = make_adam(generator.parameters(), *settings)
        self.discriminator_adam, _ = make_adam(self.discriminator_weights, *settings)
        if compiled:
            self.generator, self.discriminator = torch.compile(generator), torch.compile(discriminator)
        self.dropouts = discriminator.dropouts
        self.penalty = getattr(model, 'PENALTY', 0)

        self.batches = []
        while f'images/{len(self.batches)}' in tensors:
            at = len(self.batches)
            pixels = from_nhwc(tensors[f'images/{at}']).to(**to)
            labels = None
            if classes > 0:
                numbers = torch.from_numpy(tensors[f'labels/{at}'].astype(np.int64)).to(device)
                labels = F.one_hot(numbers, classes).float()
            self.batches.append((pixels, labels))
        self.own_draws = OwnDraws(fixture['batchSize'], fixture['latentSize'], device)
        self.at = 0

    def step(self, draws=None):
        """One update of each network; returns both losses as tensors."""
        draws = draws or self.own_draws
        images, labels = self.batches[self.at % len(self.batches)]
        self.at += 1
        return self.discriminator_step(images, labels, draws), self.generator_step(labels, draws)

    def discriminator_step(self, images, labels, draws):
        with torch.no_grad():
            fakes = self.generator(draws.noise(), labels)
        for weight in self.discriminator_weights:
            weight.requires_grad_(True)
        if self.penalty > 0:
            images, fakes = images.detach().requires_grad_(True), fakes.requires_grad_(True)
        real = self.discriminator(images, labels, draws.masks(self.dropouts))
        fake = self.discriminator(fakes, labels, draws.masks(self.dropouts))
        loss = F.softplus(-real).mean() + F.softplus(fake).mean()
        if self.penalty > 0:
            loss = loss + self.penalty / 2 * (slope(real, images) + slope(fake, fakes))
        self.discriminator_adam.zero_grad(set_to_none=True)
        loss.backward()
        self.discriminator_adam.step()
        return loss.detach()

    def generator_step(self, labels, draws):
        for weight in self.discriminator_weights:
            weight.requires_grad_(False)
        fakes = self.generator(draws.noise(), labels)
        loss = F.softplus(-self.discriminator(fakes, labels, draws.masks(self.dropouts))).mean()
        self.generator_adam.zero_grad(set_to_none=True)
        loss.backward()
        self.generator_adam.step()
        return loss.detach()


def slope(logits, images):
    """Mean squared length of the discriminator's gradient (R1 and R2), itself differentiable."""
    (gradient,) = torch.autograd.grad(logits.sum(), images, create_graph=True)
    return gradient.square().sum([1, 2, 3]).mean()


# --- The worker ------------------------------------------------------------------------------------


def synchronize(device):
    if device == 'cuda':
        torch.cuda.synchronize()


def timed(device, work):
    start = time.perf_counter()
    result = work()
    synchronize(device)
    return time.perf_counter() - start, result


def faster_layout(make, device):
    """Whether channels_last is the faster memory layout for this model here, and the first step's seconds."""
    seconds, firsts = {}, []
    for channels_last in (False, True):
        training = make(channels_last, False)
        firsts.append(timed(device, training.step)[0])
        seconds[channels_last] = min(timed(device, training.step)[0] for _ in range(2))
        del training
        gc.collect()
    return seconds[True] < seconds[False], firsts[0]


def count_operations(step):
    """Floating-point operations of a step by PyTorch's own formulas; None where it has none."""
    try:
        from torch.utils._python_dispatch import TorchDispatchMode
        from torch.utils.flop_counter import flop_registry
    except ImportError:
        return None

    class Counter(TorchDispatchMode):
        total = 0

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            kwargs = kwargs or {}
            result = function(*args, **kwargs)
            formula = flop_registry.get(function._overloadpacket)
            if formula is not None:
                self.total += formula(*args, **kwargs, out_val=result)
            return result

    with Counter() as counter:
        step()
    return counter.total


def count_kernels(step, steps, device):
    """Kernels and copies that a step starts on the GPU, and the seconds in which one runs; None where nothing tells."""
    if device == 'cpu':
        return None, None
    try:
        from torch.profiler import ProfilerActivity, profile

        with profile(activities=[ProfilerActivity.CUDA]) as profiled:
            for _ in range(steps):
                step()
            synchronize(device)
        with tempfile.TemporaryDirectory() as folder:
            trace = os.path.join(folder, 'trace.json')
            profiled.export_chrome_trace(trace)
            with open(trace) as stream:
                events = json.load(stream)['traceEvents']
    except Exception as error:  # CUPTI may be missing, or its counters not permitted
        print(error, file=sys.stderr)
        return None, None
    runs = sorted(
        (event['ts'], event['ts'] + event['dur'])
        for event in events
        if event.get('cat') in ('kernel', 'gpu_memcpy', 'gpu_memset')
    )
    busy, until = 0, 0
    for start, end in runs:
        busy += max(0, end - max(start, until))
        until = max(until, end)
    return (len(runs) / steps, busy / steps / 1e6) if runs else (None, None)


def build(device='cpu', tf32=False):
    """What this PyTorch multiplies and convolves with."""
    if device != 'cpu':
        platform = f'CUDA {torch.version.cuda}' if torch.version.cuda else f'ROCm {torch.version.hip}'
        return f'{platform}, cuDNN {torch.backends.cudnn.version()}, {"TF32" if tf32 else "float32"}'
    about = torch.__config__.show()
    blas = re.search(r'BLAS_INFO=(\w+)', about)
    onednn = re.search(r'MKL-DNN v([\d.]+)', about)
    names = {'mkl': 'MKL', 'open': 'OpenBLAS', 'generic': "the system's BLAS"}
    parts = [names.get(blas.group(1), blas.group(1))] if blas else []
    return ', '.join(parts + ([f'oneDNN {onednn.group(1)}'] if onednn else []))


def peak_bytes():
    unit = 1 if sys.platform == 'darwin' else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def say(**answer):
    print(json.dumps(answer), flush=True)


def serve_rates(arguments):
    """Multiplies matrices of the shapes in the folder's matmul.json."""
    with open(os.path.join(arguments.folder, 'matmul.json')) as stream:
        shapes = json.load(stream)
    device = arguments.device
    products = []
    for rows, inner, columns in shapes:
        a, b = torch.rand(rows, inner, device=device), torch.rand(inner, columns, device=device)
        products.append((a, b, torch.mm(a, b)))
    synchronize(device)
    say(engine=f'PyTorch {torch.__version__}, {build(device, arguments.tf32)}')
    for line in sys.stdin:
        request = json.loads(line)
        if request['do'] != 'rates':
            break
        rates = {}
        for (rows, inner, columns), (a, b, product) in zip(shapes, products):
            start, runs, seconds = time.perf_counter(), 0, 0
            while seconds < request['seconds']:
                torch.mm(a, b, out=product)
                synchronize(device)
                runs += 1
                seconds = time.perf_counter() - start
            rates[f'{rows}×{inner}×{columns}'] = 2 * rows * inner * columns * runs / seconds
        say(rates=rates)


def serve(arguments):
    device = arguments.device
    with open(os.path.join(arguments.folder, f'{arguments.model}.json')) as stream:
        fixture = json.load(stream)
    tensors = read_safetensors(os.path.join(arguments.folder, f'{arguments.model}.safetensors'))
    make = lambda channels_last, compiled: Training(fixture, tensors, device, channels_last, compiled)
    kind = 'torch.compile' if arguments.compile else 'eager'
    say(engine=f'PyTorch {torch.__version__} {kind}, {build(device, arguments.tf32)}')

    training = None
    for line in sys.stdin:
        request = json.loads(line)
        if request['do'] == 'end':
            break
        if request['do'] == 'check':
            channels_last, first_step = faster_layout(make, device)
            training = make(channels_last, arguments.compile)
            losses = []
            for step in range(request['steps']):
                draws = FixtureDraws(tensors, step, device)
                elapsed, (d, g) = timed(device, lambda: training.step(draws))
                losses.append({'discriminator': d.item(), 'generator': g.item()})
                if arguments.compile and step == 0:
                    first_step = elapsed
            # Compiled networks are compiled again for dropout of their own.
            training.step()
            operations = None if arguments.compile else count_operations(training.step)
            layout = 'channels_last' if channels_last else 'contiguous (NCHW)'
            say(
                losses=losses,
                firstStepSeconds=first_step,
                sessionSeconds=None,
                operations=operations,
                note=f'{layout}, {training.adam_kind}',
            )
        elif request['do'] == 'kernels':
            kernels, seconds = count_kernels(training.step, request['steps'], device)
            say(kernels=kernels, seconds=seconds)
        else:
            start, steps = time.perf_counter(), 0
            while True:
                training.step()
                steps += 1
                # Work on a GPU is queued: only the last step's end says how long all took.
                if steps >= request['steps']:
                    synchronize(device)
                    if time.perf_counter() - start >= request['seconds']:
                        break
            say(steps=steps, seconds=time.perf_counter() - start, javascriptSeconds=None)
    say(peakBytes=peak_bytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('model')
    parser.add_argument('folder')
    parser.add_argument('--threads', type=int, required=True)
    parser.add_argument('--device', default='cpu')
    parser.add_argument('--compile', action='store_true')
    parser.add_argument('--tf32', action='store_true')
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.backends.cudnn.benchmark = True
    # cuDNN would use TF32 unless told otherwise.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = arguments.tf32
    try:
        if arguments.model == 'matmul':
            serve_rates(arguments)
        else:
            serve(arguments)
    except Exception as error:  # whatever it is, the benchmark reports it and goes on
        lines = str(error).strip().splitlines() or ['']
        say(failed=f'{type(error).__name__}: {lines[0]}')
        raise SystemExit(1) from error


if __name__ == '__main__':
    main()
