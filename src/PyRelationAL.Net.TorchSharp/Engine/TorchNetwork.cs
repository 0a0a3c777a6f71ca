using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// A module on its device, with what is needed to ask it: shapes and units. Each call frees every tensor that it made; the module's own live until
/// <see cref="Dispose"/>.
/// </summary>
internal sealed class TorchNetwork : IDisposable
{
    private const int SampleRows = 64;

    private readonly torch.nn.Module[] _frozen;
    private readonly torch.Device _device;
    private readonly Lazy<LinearHead?> _head;

    /// <summary>Makes a module with new weights.</summary>
    public TorchNetwork(TorchOptions options, DatasetView labelled, TargetScale scale)
    {
        Options = options;
        Task = labelled.Task;
        FeatureCount = labelled.Dataset.FeatureCount;
        Sample = labelled.Features.SelectRows([.. Enumerable.Range(0, Math.Min(SampleRows, labelled.Count))]);
        Scale = scale;
        _head = new Lazy<LinearHead?>(() => EmbeddingTap.Run(this, Sample, CancellationToken.None).Head);
        _device = torch.device(options.Device);
        using DisposeScope scope = torch.NewDisposeScope();
        Module = options.Module() ?? throw new InvalidOperationException($"{nameof(TorchOptions)}.{nameof(TorchOptions.Module)} gave null.");
        Module.to(_device);

        // Made inside a scope, parameters and buffers would die with it.
        foreach (Tensor tensor in State)
        {
            tensor.DetachFromDisposeScope();
        }

        // Containers forget their own mode in some versions, so only leaves are asked.
        _frozen = [.. Module.named_modules().Select(m => m.module).Where(m => !m.children().Any() && !m.training)];
    }

    public TorchOptions Options { get; }

    public LearningTask Task { get; }

    public int FeatureCount { get; }

    public TargetScale Scale { get; }

    public Module Module { get; }

    /// <summary>A few labelled items, to try things out on.</summary>
    public FeatureMatrix Sample { get; }

    /// <summary>The linear map from embeddings to outputs, where the module ends in one.</summary>
    public LinearHead? Head => _head.Value;

    /// <summary>The head that was trained jointly, where there is one.</summary>
    public AuxiliaryNetwork? Auxiliary { get; set; }

    /// <summary>The hidden layers that an auxiliary head looks at, as <see cref="LayerTaps"/> names them.</summary>
    public IReadOnlyList<string?> HiddenNames => Options.HiddenModules ?? (IReadOnlyList<string?>)[Options.EmbeddingModule];

    /// <summary>How many epochs the weights in use were trained for.</summary>
    public int Epochs { get; set; }

    public bool Classifies => Task.Kind == TaskKinds.Classification;

    /// <summary>K.</summary>
    public int OutputCount => Classifies ? Task.ClassCount : 1;

    /// <summary>All that training changes.</summary>
    public IEnumerable<Tensor> State => Module.parameters().Concat(Module.buffers()).Concat(Auxiliary?.Parameters ?? []);

    /// <summary>The parameters that training changes, in the order of the vector θ.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> Trainable => Module.named_parameters().Where(p => p.parameter.requires_grad);

    /// <summary>Training mode, except for leaves that the factory has put into evaluation mode.</summary>
    public void SetTraining()
    {
        Module.train();
        foreach (torch.nn.Module leaf in _frozen)
        {
            leaf.eval();
        }
    }

    /// <summary>The rows as the module takes them.</summary>
    public Tensor ToInput(Tensor rows) => (Options.InputShape is { } shape ? rows.reshape([rows.shape[0], .. shape.Select(s => (long)s)]) : rows).to(_device);

    public Tensor ToDevice(Tensor tensor) => tensor.to(_device);

    /// <summary>Runs the module and checks the shape of what comes out.</summary>
    public Tensor Forward(Tensor inputs)
    {
        Tensor outputs = Module.call(inputs);
        long rows = inputs.shape[0];
        long[] shape = outputs.shape;
        if (shape.Length == 2 && shape[0] == rows && shape[1] == OutputCount)
        {
            return outputs;
        }

        if (OutputCount == 1 && shape.Length == 1 && shape[0] == rows)
        {
            return outputs.reshape(rows, 1);
        }

        throw new ModelTrainingException(Guard.Text(
            $"The module gave outputs of shape [{string.Join(", ", shape)}] for {rows} items; for {Task} it must give [{rows}, {OutputCount}]."));
    }

    /// <summary>Asks in batches, without gradients, in whatever mode the module is.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <param name="use">Gets the first row's number and the batch; what it makes is freed.</param>
    public void ForBatches(FeatureMatrix inputs, CancellationToken cancellationToken, Action<int, Tensor> use)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TorchGuard.Native("A prediction", () =>
        {
            for (int start = 0; start < inputs.RowCount; start += Options.PredictionBatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using DisposeScope scope = torch.NewDisposeScope();
                use(start, ToInput(inputs.Slice(start, Math.Min(Options.PredictionBatchSize, inputs.RowCount - start)).ToTensor()));
            }

            return true;
        });
    }

    /// <summary>The outputs [N×K]: logits, or values in the targets' units.</summary>
    /// <param name="inputs">The rows.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <param name="beforeBatch">Called before each batch.</param>
    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken, Action? beforeBatch = null)
    {
        var values = new double[checked(inputs.RowCount * OutputCount)];
        using IDisposable noGradient = torch.no_grad();
        ForBatches(inputs, cancellationToken, (start, batch) =>
        {
            beforeBatch?.Invoke();
            Read(Forward(batch), values.AsSpan(start * OutputCount));
        });
        return values;
    }

    /// <summary>Class probabilities or values, as the model predicts them.</summary>
    public double[] Predictions(FeatureMatrix inputs, CancellationToken cancellationToken)
    {
        double[] outputs = Outputs(inputs, cancellationToken);
        return Classifies ? new Predictions.ClassLogits(outputs, OutputCount).Softmax().Values.ToArray() : outputs;
    }

    /// <summary>Copies a batch's outputs out, in the targets' units.</summary>
    private void Read(Tensor outputs, Span<double> destination)
    {
        float[] values = outputs.ToFloats();
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = float.IsFinite(values[i])
                ? (values[i] * Scale.Deviation) + Scale.Mean
                : throw new ModelTrainingException(Guard.Text($"The module gave {values[i]}: the training diverged, or a feature is extreme."));
        }
    }

    public void Dispose()
    {
        Module.Dispose();
        Auxiliary?.Dispose();
    }
}
