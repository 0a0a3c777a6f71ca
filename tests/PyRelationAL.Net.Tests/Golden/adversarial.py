"""Writes adversarial.json: losses of VAAL's autoencoder and discriminator and of WAAL's critic, and their weights after some steps of Adam; and, for three
steps of WAAL's training, the loss on features that a critic and a weight of the labelled items give, its gradient by them, and the critic.

By torch, with its own differentiation, also through the gradient penalty. Run it with a Python that has torch, from any folder; the output belongs under
version control.

    python3 adversarial.py
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(count, phase):
    return torch.tensor([math.sin(1.3 * i + phase) for i in range(count)])


def network(phase, *widths):
    """Weights [out, in] and biases of each layer, from one wave."""
    layers = []
    for l, (i, o) in enumerate(zip(widths, widths[1:])):
        values = 0.6 * wave(o * i + o, phase + l)
        layers.append([values[: o * i].reshape(o, i).clone().requires_grad_(), values[o * i:].clone().requires_grad_()])
    return layers


def forward(layers, x):
    for l, (w, b) in enumerate(layers):
        x = F.linear(x, w, b)
        x = torch.relu(x) if l < len(layers) - 1 else x
    return x


def parameters(*networks):
    return [p for layers in networks for layer in layers for p in layer]


def flat(layers):
    return [v for layer in layers for p in layer for v in p.detach().ravel().tolist()]


width, hidden, latent, beta, weight = 3, 5, 2, 0.7, 1.3
labelled, pool = wave(12, 0.2).reshape(4, 3), 1.5 * wave(18, 2.9).reshape(6, 3)
encoder, decoder, judge = network(0.1, width, hidden, 2 * latent), network(0.5, latent, hidden, width), network(0.9, latent, hidden, hidden, 1)
vae = torch.optim.Adam(parameters(encoder, decoder), lr=0.05)
discriminator = torch.optim.Adam(parameters(judge), lr=0.05)


def loss_of(x, noise):
    mean, log_variance = forward(encoder, x).split(latent, dim=1)
    z = mean + torch.exp(log_variance / 2) * noise
    reconstruction = 0.5 * ((x - forward(decoder, z)) ** 2).sum(1)
    divergence = -0.5 * (1 + log_variance - mean ** 2 - log_variance.exp()).sum(1)
    deceit = F.binary_cross_entropy_with_logits(forward(judge, mean)[:, 0], torch.ones(len(x)), reduction="none")
    return (reconstruction + beta * divergence + weight * deceit).mean()


golden = dict(labelled=labelled.ravel().tolist(), pool=pool.ravel().tolist(), vae=[], discriminator=[])
for step in range(3):
    vae.zero_grad()
    losses = loss_of(labelled, wave(8, step).reshape(4, 2)), loss_of(pool, wave(12, step + 7).reshape(6, 2))
    sum(losses).backward()
    vae.step()
    golden["vae"].append([float(l) for l in losses])
    discriminator.zero_grad()
    losses = [F.binary_cross_entropy_with_logits(forward(judge, forward(encoder, x)[:, :latent].detach())[:, 0], torch.full((len(x),), target))
              for x, target in ((labelled, 1.0), (pool, 0.0))]
    sum(losses).backward()
    discriminator.step()
    golden["discriminator"].append([float(l) for l in losses])
golden.update(encoder=flat(encoder), decoder=flat(decoder), judge=flat(judge))

critic = network(0.3, width, hidden, hidden, 1)
adam = torch.optim.Adam(parameters(critic), lr=0.05)
golden["critic_losses"] = []
shares = torch.tensor([0.1, 0.9, 0.5, 0.3, 0.7, 0.2])
for step in range(4):
    pairs = torch.tensor([0, 1, 2, 3, 0, 1])
    rows = torch.cat([pool, labelled, pool + shares[:, None] * (labelled[pairs] - pool)]).requires_grad_()
    outputs = forward(critic, rows)[:, 0]
    gradients = torch.autograd.grad(outputs.sum(), rows, create_graph=True)[0]
    loss = -(outputs[:6].mean() - outputs[6:10].mean()) + 10 * ((gradients.norm(dim=1) - 1) ** 2).mean()
    adam.zero_grad()
    loss.backward()
    adam.step()
    golden["critic_losses"].append(float(loss))
golden["critic"] = flat(critic)

# In each step the critic first, on features held fixed, then the features, the critic held fixed. The critic sees them divided by the root of their width.
alpha, gamma, root = 0.3, 0.4, math.sqrt(width)
critic = network(0.7, width, hidden, hidden, 1)
adam = torch.optim.Adam(parameters(critic), lr=0.05)
golden["joint"] = []
for step in range(3):
    z_labelled, z_pool = wave(12, 0.2 + step).reshape(4, 3).requires_grad_(), 1.5 * wave(18, 2.9 + step).reshape(6, 3)
    z_pool = z_pool.detach().requires_grad_()
    pairs = torch.tensor([0, 1, 2, 3, 0, 1])
    u, l = z_pool.detach() / root, z_labelled.detach() / root
    rows = torch.cat([u, l, u + shares[:, None] * (l[pairs] - u)]).requires_grad_()
    outputs = forward(critic, rows)[:, 0]
    gradients = torch.autograd.grad(outputs.sum(), rows, create_graph=True)[0]
    loss = -(outputs[:6].mean() - gamma * outputs[6:10].mean()) + 10 * ((gradients.norm(dim=1) - 1) ** 2).mean()
    adam.zero_grad()
    loss.backward()
    adam.step()
    # A critic of features as they are, as steep as the one of the divided ones: D(z) = root * critic(z / root).
    distance = root * (forward(critic, z_pool / root).mean() - gamma * forward(critic, z_labelled / root).mean())
    (alpha * distance).backward()
    golden["joint"].append(dict(
        labelled=z_labelled.ravel().tolist(), pool=z_pool.ravel().tolist(), critic_loss=float(loss), loss=float(alpha * distance),
        by_labelled=z_labelled.grad.ravel().tolist(), by_pool=z_pool.grad.ravel().tolist()))
golden["joint_critic"] = flat(critic)

pathlib.Path(__file__).with_name("adversarial.json").write_text(json.dumps(golden) + "\n")
