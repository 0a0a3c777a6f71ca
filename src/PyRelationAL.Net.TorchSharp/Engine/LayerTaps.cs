using TorchSharp;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>Taps a module's hidden layers by hooks, which come off again with <see cref="Dispose"/>.</summary>
internal sealed class LayerTaps : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly IReadOnlyList<string?> _names;
    private readonly Tensor?[] _values;
    private readonly List<Action> _removals = [];

    /// <summary>Puts hooks on.</summary>
    /// <param name="network">The network.</param>
    /// <param name="names">The parts whose outputs are wanted; null stands for what enters the linear module that runs last.</param>
    public LayerTaps(TorchNetwork network, IReadOnlyList<string?> names)
    {
        _network = network;
        _names = names;
        _values = new Tensor?[names.Count];
        Module[] named = [.. names.OfType<string>().Select(Named)];
        foreach (Linear linear in network.Module.named_modules().Select(m => m.module).Prepend(network.Module).OfType<Linear>())
        {
            Hook(linear, (input, _) =>
            {
                Last = linear;
                Store(null, input);
            });
        }

        foreach ((Module module, string name) in named.Zip(names.OfType<string>()))
        {
            Hook(module, (_, output) => Store(name, output));
        }
    }

    /// <summary>The linear module that ran last.</summary>
    public Linear? Last { get; private set; }

    /// <summary>Forgets what was tapped.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        Last = null;
    }

    /// <summary>What was tapped since <see cref="Clear"/>.</summary>
    /// <param name="tap">Which one.</param>
    public Tensor Value(int tap) => _values[tap] ?? throw new InvalidOperationException(_names[tap] is { } name
        ? $"The module's part '{name}' was not run by call(), so what it gave is not known."
        : $"No linear module was run by call(), so there is no embedding: name a part in {nameof(TorchOptions)}.{nameof(TorchOptions.EmbeddingModule)}.");

    public void Dispose() => _removals.ForEach(remove => remove());

    private void Hook(Module module, Action<Tensor, Tensor> use)
    {
        var hook = module.register_forward_hook((Module _, Tensor input, Tensor output) =>
        {
            use(input, output);
            return output;
        });
        _removals.Add(hook.remove);
    }

    private void Store(string? name, Tensor tensor)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (_names[i] == name)
            {
                // Modules around may dispose of the tensor, or change it in place.
                _values[i] = tensor.clone();
            }
        }
    }

    private Module Named(string name)
    {
        torch.nn.Module? found = _network.Module.named_modules().FirstOrDefault(m => m.name == name).module;
        return found as Module ?? throw new ArgumentException(
            $"The module has {(found is null ? "no" : "no single-tensor")} part '{name}'; it has " +
            $"{string.Join(", ", _network.Module.named_modules().Where(m => m.module is Module).Select(m => m.name))}.",
            nameof(name));
    }
}
