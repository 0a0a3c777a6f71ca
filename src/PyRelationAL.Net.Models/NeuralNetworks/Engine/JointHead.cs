using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>An auxiliary head in training: it takes the network's batches, and an optimiser of the same settings.</summary>
internal sealed class JointHead
{
    private readonly ITrainingHook _hook;
    private readonly AuxiliaryHead _head;
    private readonly NeuralNetworkOptions _options;
    private readonly AuxiliaryNetwork _network;
    private readonly AuxiliaryWorkspace _workspace;
    private readonly OptimiserState _optimiser;
    private readonly int _stopEpoch;
    private readonly float[] _numbers;
    private readonly float[] _gradient;
    private readonly float[] _outputs;
    private readonly float[] _outputGradient;
    private readonly double[] _rowLosses;
    private float[]? _best;

    public JointHead(ITrainingHook hook, AuxiliaryHead head, NetworkProblem problem, RandomStream random)
    {
        _hook = hook;
        _head = head;
        _options = problem.Options;
        _network = new AuxiliaryNetwork(problem.Network, head);
        int rows = Math.Min(_options.BatchSize, problem.Count);
        _workspace = new AuxiliaryWorkspace(_network, rows, training: true);
        _optimiser = _options.Optimiser.CreateState(_network.TrainableCount);
        _stopEpoch = Guard.FloorOfShare(head.StopGradientAfter, _options.Epochs);
        _numbers = _network.Initialise(random);
        _gradient = new float[_numbers.Length];
        _outputs = new float[checked(rows * head.OutputCount)];
        _outputGradient = new float[_outputs.Length];
        _rowLosses = new double[rows];
    }

    public TrainedAuxiliary Trained
    {
        get
        {
            NetworkGuard.AllFinite(_numbers, "A parameter of the auxiliary head");
            return new TrainedAuxiliary(_network, _numbers);
        }
    }

    public Span<double> RowLosses(int rows) => _rowLosses.AsSpan(0, rows);

    public float[]?[]? Step(int epoch, ReadOnlySpan<int> items, NetworkWorkspace main, double learningRate)
    {
        int count = items.Length * _head.OutputCount;
        Span<float> outputs = _outputs.AsSpan(0, count), outputGradient = _outputGradient.AsSpan(0, count);
        _network.Forward(main, _workspace, _numbers, items.Length, outputs);
        NetworkGuard.AllFinite(outputs, "An output of the auxiliary head");
        outputGradient.Clear();
        var batch = new AuxiliaryBatch
        {
            Epoch = epoch,
            Rows = items,
            Losses = RowLosses(items.Length),
            Outputs = outputs,
            OutputCount = _head.OutputCount,
        };
        double loss = _hook.AuxiliaryLoss(in batch, outputGradient);
        if (!double.IsFinite(loss))
        {
            throw new ModelTrainingException(Guard.Text(
                $"The auxiliary loss became {loss} in epoch {epoch}, on a batch of {items.Length}: it diverged, or the loss is undefined there."));
        }

        TensorPrimitives.Multiply(outputGradient, (float)_head.LossWeight, outputGradient);
        NetworkGuard.AllFinite(outputGradient, "The gradient of the auxiliary loss");
        bool intoNetwork = epoch < _stopEpoch;
        _network.Backward(_workspace, _numbers, items.Length, outputGradient, _gradient, intoNetwork);
        for (int i = 0; i < _network.Networks.Length; i++)
        {
            NetworkTrainer.Decay(_network.Networks[i], _network.Part(i, _numbers), _network.Part(i, _gradient), _options, learningRate);
        }

        _optimiser.Begin(learningRate);
        _optimiser.Step(_numbers, _gradient, 0, _numbers.Length);
        return intoNetwork ? _workspace.Added : null;
    }

    public void Keep()
    {
        _best ??= new float[_numbers.Length];
        _numbers.CopyTo(_best, 0);
    }

    public void Restore() => _best?.CopyTo(_numbers, 0);
}
