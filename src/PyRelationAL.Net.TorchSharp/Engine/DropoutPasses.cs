using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// A network asked with its dropout on. Under a shared mask every kind of dropout maps x to a + b·x, where a and b are what it makes of zeros and ones:
/// drawn for one row at the first batch of a pass, applied to all.
/// </summary>
internal sealed class DropoutPasses
{
    private readonly TorchNetwork _network;
    private readonly Module[] _layers;
    private readonly List<(Tensor Offset, Tensor Factor)> _masks = [];
    private RandomStream? _pass;
    private int _next;

    public DropoutPasses(TorchNetwork network)
    {
        _network = network;
        _layers = [.. network.Module.named_modules().Select(m => m.module).Prepend(network.Module).Where(IsDropout).Cast<Module>()];
    }

    public bool HasDropout => _layers.Length > 0;

    /// <summary>Asks the network once for each pass.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="passes">S.</param>
    /// <param name="shared">Whether a mask holds for every row of a pass.</param>
    /// <param name="random">Pass m draws from its child m.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>Outputs [S×N×K].</returns>
    public double[] Run(FeatureMatrix inputs, int passes, bool shared, RandomStream random, CancellationToken cancellationToken)
    {
        int size = checked(inputs.RowCount * _network.OutputCount);
        var outputs = new double[checked(size * passes)];
        Action[] removals = shared ? [.. _layers.Select(Hook)] : [];
        lock (TorchRandom.Gate)
        {
            try
            {
                for (int m = 0; m < passes; m++)
                {
                    _pass = random.Child(m);
                    if (!shared)
                    {
                        TorchRandom.Seed(_pass);
                        Array.ForEach(_layers, layer => layer.train());
                    }

                    _network.Outputs(inputs, cancellationToken, beforeBatch: () => _next = 0).CopyTo(outputs, m * size);
                    if (shared && _masks.Count == 0 && size > 0)
                    {
                        // Equal draws would look like certainty.
                        throw new InvalidOperationException("No dropout module was run by call(), so no mask was applied.");
                    }

                    Forget();
                }
            }
            finally
            {
                Forget();
                Array.ForEach(removals, remove => remove());
                Array.ForEach(_layers, layer => layer.eval());
            }
        }

        return outputs;
    }

    private static bool IsDropout(torch.nn.Module module) =>
        module is Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout;

    private Action Hook(Module layer)
    {
        var hook = layer.register_forward_hook((Module module, Tensor _, Tensor output) =>
        {
            if (_next == _masks.Count)
            {
                _masks.Add(Draw(module, output));
            }

            (Tensor offset, Tensor factor) = _masks[_next++];
            return offset + (factor * output);
        });
        return hook.remove;
    }

    /// <summary>Draws the mask of the next dropout of this pass, for rows like the given ones.</summary>
    private (Tensor Offset, Tensor Factor) Draw(Module layer, Tensor rows)
    {
        RandomStream stream = _pass!.Child(_next);
        layer.train();
        Tensor offset = Of(t => torch.zeros_like(t)), factor = Of(t => torch.ones_like(t)) - offset;
        layer.eval();
        return (offset.DetachFromDisposeScope(), factor.DetachFromDisposeScope());

        Tensor Of(Func<Tensor, Tensor> constant)
        {
            TorchRandom.Seed(stream.Child("mask"));
            return layer.forward(constant(rows.narrow(0, 0, 1)));
        }
    }

    private void Forget()
    {
        foreach ((Tensor offset, Tensor factor) in _masks)
        {
            offset.Dispose();
            factor.Dispose();
        }

        _masks.Clear();
    }
}
