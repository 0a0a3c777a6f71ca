using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Trains one network on a problem. On one thread the steps allocate nothing.</summary>
internal sealed class NetworkTrainer
{
    private const int ValidationRows = 256;

    private readonly NetworkProblem _problem;
    private readonly NetworkWorkspace _workspace;
    private readonly NetworkWorkspace? _validationWorkspace;
    private readonly ParallelPass? _parallel;
    private readonly OptimiserState _optimiser;
    private readonly RandomStream _dropout;
    private readonly float[] _numbers;
    private readonly float[] _gradient;
    private readonly int[] _order;
    private readonly HookedTraining? _hooked;

    private NetworkTrainer(NetworkProblem problem, RandomStream random, int threads, HookedTraining? hooked)
    {
        _hooked = hooked;
        Network network = problem.Network;
        _problem = problem;
        int rows = Math.Min(problem.Options.BatchSize, problem.Count);
        _workspace = new NetworkWorkspace(network, rows + (hooked?.UnlabelledCount ?? 0), training: true);
        // What joins the training reads whole batches between the passes.
        _parallel = hooked is null ? ParallelPass.For(network, _workspace, rows, threads) : null;
        _validationWorkspace = problem.Validation is { } validation
            ? new NetworkWorkspace(network, Math.Min(ValidationRows, validation.Count), training: false)
            : null;
        _optimiser = problem.Options.Optimiser.CreateState(network.TrainableCount);
        _dropout = random.Child("dropout");
        _numbers = network.Initialise(random.Child("initial weights"));
        _gradient = new float[network.TrainableCount];
        _order = [.. Enumerable.Range(0, problem.Count)];
    }

    /// <param name="problem">What to learn.</param>
    /// <param name="random">Source of the initial weights, the order of the items and the dropout masks.</param>
    /// <param name="threads">The most threads, −1 for all cores; no bit of the result depends on it.</param>
    /// <param name="cancellationToken">Checked before each step.</param>
    /// <param name="hooked">What takes part in the training; null for nothing.</param>
    public static TrainedNetwork Train(
        NetworkProblem problem, RandomStream random, int threads, CancellationToken cancellationToken, HookedTraining? hooked = null)
    {
        var trainer = new NetworkTrainer(problem, random, threads, hooked);
        int epochs = trainer.Run(random.Child("order"), cancellationToken);
        NetworkGuard.AllFinite(trainer._numbers, "A parameter of the network");
        return new TrainedNetwork(problem.Network, problem.InputScale, problem.TargetScale, trainer._numbers, epochs, hooked?.Auxiliary);
    }

    /// <summary>Applies weight decay to the weights, or to the gradient by them.</summary>
    public static void Decay(Network network, Span<float> trainable, Span<float> allGradient, NeuralNetworkOptions options, double learningRate)
    {
        double decay = options.WeightDecay;
        if (decay == 0)
        {
            return;
        }

        for (int i = 0; i < network.Layers.Length; i++)
        {
            int count = network.Layers[i].DecayedCount;
            Span<float> weights = network.Parameters(i, trainable)[..count];
            Span<float> gradient = network.Parameters(i, allGradient)[..count];
            Decay(weights, gradient, options.Optimiser, decay, learningRate);
        }
    }

    /// <summary>Lets weight decay shrink weights, or enter their gradient, as the optimiser wants it.</summary>
    public static void Decay(Span<float> weights, Span<float> gradient, NetworkOptimiser optimiser, double decay, double learningRate)
    {
        if (optimiser.DecouplesWeightDecay)
        {
            TensorPrimitives.Multiply(weights, (float)(1 - (learningRate * decay)), weights);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(weights, (float)decay, gradient, gradient);
        }
    }

    /// <returns>The number of epochs whose result is kept.</returns>
    private int Run(RandomStream random, CancellationToken cancellationToken)
    {
        NeuralNetworkOptions options = _problem.Options;
        float[]? best = null;
        double bestLoss = double.PositiveInfinity;
        int bestEpoch = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            double learningRate = LearningRate(options, epoch);
            random.Shuffle(_order.AsSpan());
            for (int start = 0; start < _order.Length; start += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Step(epoch, _order.AsSpan(start, Math.Min(options.BatchSize, _order.Length - start)), learningRate);
            }

            _hooked?.EndEpoch(epoch, _numbers);

            if (_validationWorkspace is null)
            {
                continue;
            }

            double loss = Finite(ValidationLoss(_validationWorkspace));
            if (loss < bestLoss)
            {
                best ??= new float[_numbers.Length];
                _numbers.CopyTo(best, 0);
                _hooked?.Keep();
                (bestLoss, bestEpoch) = (loss, epoch);
            }
            else if (epoch - bestEpoch >= options.EarlyStoppingPatience)
            {
                break;
            }
        }

        if (best is null)
        {
            return options.Epochs;
        }

        best.CopyTo(_numbers, 0);
        _hooked?.Restore();
        return bestEpoch + 1;
    }

    public static double LearningRate(NeuralNetworkOptions options, int epoch)
    {
        double factor = options.Schedule.Factor(epoch, options.Epochs);
        return double.IsFinite(factor) && factor >= 0
            ? options.Optimiser.LearningRate * factor
            : throw new InvalidOperationException(Guard.Text(
                $"{options.Schedule.GetType().Name} gave the factor {factor} for epoch {epoch}; it must be finite and at least 0."));
    }

    public static double Finite(double loss) => double.IsFinite(loss)
        ? loss
        : throw new ModelTrainingException(Guard.Text(
            $"The loss became {loss}: the training diverged. Lower the learning rate, or look for extreme values among features and targets."));

    private void Step(int epoch, ReadOnlySpan<int> items, double learningRate)
    {
        Network network = _problem.Network;
        int stride = network.Layers[0].InputStride;
        ReadOnlySpan<float> inputs = _problem.Inputs;
        Span<float> batch = _workspace.Values[0];
        for (int r = 0; r < items.Length; r++)
        {
            inputs.Slice(items[r] * stride, stride).CopyTo(batch.Slice(r * stride, stride));
        }

        int rows = items.Length + (_hooked?.UnlabelledCount ?? 0), labelled = items.Length * network.OutputStride;
        _hooked?.DrawUnlabelled(batch[(items.Length * stride)..]);
        Span<float> outputs = _parallel is null
            ? network.Forward(_workspace, _numbers, rows, PassMode.Training, _dropout)
            : _parallel.Forward(_numbers, rows, _dropout);
        Span<float> outputGradient = _workspace.Gradients[^1].AsSpan(0, outputs.Length);
        outputGradient[labelled..].Clear();
        Span<double> losses = _hooked is null ? [] : _hooked.RowLosses(items.Length);
        Finite(_problem.Loss.Evaluate(items, outputs[..labelled], network.OutputStride, outputGradient[..labelled], losses));
        float[]?[]? added = _hooked?.Step(epoch, items, _workspace, learningRate);
        if (_parallel is null)
        {
            network.Backward(_workspace, _numbers, rows, _gradient, added: added);
        }
        else
        {
            _parallel.Backward(_numbers, rows, _gradient);
        }

        Span<float> trainable = _numbers.AsSpan(0, network.TrainableCount);
        Decay(network, trainable, _gradient, _problem.Options, learningRate);
        _optimiser.Begin(learningRate);
        if (_parallel is null)
        {
            _optimiser.Step(trainable, _gradient, 0, trainable.Length);
        }
        else
        {
            _parallel.Update(_optimiser, _numbers, _gradient);
        }
    }

    private double ValidationLoss(NetworkWorkspace workspace)
    {
        Network network = _problem.Network;
        int stride = network.Layers[0].InputStride, count = _problem.Validation!.Count;
        Span<int> items = stackalloc int[ValidationRows];
        double sum = 0;
        for (int start = 0; start < count; start += ValidationRows)
        {
            int rows = Math.Min(ValidationRows, count - start);
            for (int r = 0; r < rows; r++)
            {
                items[r] = start + r;
            }

            _problem.ValidationInputs.AsSpan(start * stride, rows * stride).CopyTo(workspace.Values[0]);
            Span<float> outputs = network.Forward(workspace, _numbers, rows, PassMode.Prediction, null);
            sum += rows * _problem.ValidationLoss!.Evaluate(items[..rows], outputs, network.OutputStride, []);
        }

        return sum / count;
    }
}
