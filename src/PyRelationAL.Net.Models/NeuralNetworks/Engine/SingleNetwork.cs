using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>One network from training to prediction: the part that the models of one network share, whatever they predict.</summary>
internal sealed class SingleNetwork
{
    private readonly object _owner;
    private LinearHead? _head;

    public SingleNetwork(object owner, NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _owner = owner;
        Options = options.Checked();
    }

    public NeuralNetworkOptions Options { get; }

    /// <summary>What was learned; null while untrained.</summary>
    public TrainedNetwork? Fit { get; private set; }

    /// <summary>What takes part in the next training; null for nothing. Stays when the network is reset.</summary>
    public ITrainingHook? TrainingHook { get; set; }

    public LinearHead Head => _head ??= Trained.Head();

    public int InputWidth => Trained.InputWidth;

    /// <summary>The number of outputs that the model stands by: the classes, or 1 for the value, also where the network predicts its variance too.</summary>
    public int OutputCount => _owner is IClassProbabilityPredictor ? Trained.Network.OutputWidth : 1;

    public ParameterLayout Parameters => Trained.Flat.Layout;

    private TrainedNetwork Trained => ModelGuard.Trained(_owner, Fit);

    /// <summary>Checks the items, and trains on the problem made of them.</summary>
    /// <param name="labelled">The labelled items.</param>
    /// <param name="random">The training's stream.</param>
    /// <param name="task">The model's task.</param>
    /// <param name="problem">Makes the problem.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <param name="writeOutputs">Writes what the model would predict for the labelled items, for hooks; null where it is what the network says.</param>
    public void Train(
        DatasetView labelled,
        RandomStream random,
        TaskKinds task,
        Func<NetworkProblem> problem,
        CancellationToken cancellationToken,
        Action<TrainedNetwork, Memory<double>>? writeOutputs = null)
    {
        Reset();
        ModelGuard.Trainable(_owner, labelled, random, task);
        cancellationToken.ThrowIfCancellationRequested();
        NetworkProblem made = problem();
        int outputs = task == TaskKinds.Classification ? made.Network.OutputWidth : 1;
        var hooked = HookedTraining.Begin(TrainingHook, made, labelled, outputs, writeOutputs ?? WriteOutputs, random);
        Fit = NetworkTrainer.Train(made, random, Options.MaxDegreeOfParallelism, cancellationToken, hooked);

        void WriteOutputs(TrainedNetwork network, Memory<double> destination)
        {
            int threads = Options.MaxDegreeOfParallelism;
            if (task == TaskKinds.Classification)
            {
                network.WriteProbabilities(labelled, PassMode.Prediction, null, threads, cancellationToken, destination);
            }
            else
            {
                network.WriteValues(labelled, PassMode.Prediction, null, threads, cancellationToken, destination);
            }
        }
    }

    public TrainedNetwork FitFor(DatasetView items)
    {
        TrainedNetwork fit = Trained;
        ModelGuard.Predictable(_owner, items, fit.InputWidth);
        return fit;
    }

    public FeatureMatrix Embed(DatasetView items, int threads, CancellationToken cancellationToken) => FitFor(items).Embed(items, threads, cancellationToken);

    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken) => FunctionOf(inputs).Outputs(inputs, cancellationToken);

    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken) =>
        FunctionOf(inputs).InputGradients(inputs, outputWeights, cancellationToken);

    public float[] Gradient(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken) =>
        FunctionOf(items).Gradient(items.Features, outputWeights, cancellationToken);

    public FeatureMatrix PerSampleGradients(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken) =>
        FunctionOf(items).PerSampleGradients(items.Features, outputWeights, cancellationToken);

    public float[] CopyParameters()
    {
        var parameters = new float[Parameters.Count];
        Trained.Flat.Pack(Trained.Numbers, parameters);
        return parameters;
    }

    public double[] Outputs(DatasetView items, CancellationToken cancellationToken) => FunctionOf(items).Outputs(items.Features, cancellationToken);

    public double[] Outputs(DatasetView items, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken) =>
        FunctionOf(items).OutputsUnder(parameters, items.Features, cancellationToken);

    public FeatureMatrix PredictAuxiliary(DatasetView items, int threads, CancellationToken cancellationToken)
    {
        TrainedNetwork fit = FitFor(items);
        TrainedAuxiliary auxiliary = fit.Auxiliary ?? throw new InvalidOperationException(
            $"{_owner.GetType().Name} has no auxiliary head: it was trained without one, or loaded. Set {nameof(TrainingHook)} before training.");
        return fit.PredictAuxiliary(auxiliary, items, threads, cancellationToken);
    }

    /// <param name="destination">Where to.</param>
    /// <param name="maskSeed">The seed of the masks, of a network that predicts under dropout.</param>
    public void Save(Stream destination, long maskSeed = 0) =>
        NetworkFile.Write(destination, _owner, Options, [Trained], maskSeed);

    /// <returns>The seed of the masks that was saved.</returns>
    public long Load(Stream source)
    {
        Reset();
        (TrainedNetwork[] networks, long maskSeed) = NetworkFile.Read(source, _owner, Options, networkCount: 1);
        Fit = networks[0];
        return maskSeed;
    }

    public void Reset()
    {
        Fit = null;
        _head = null;
    }

    private NetworkFunction FunctionOf(DatasetView items) => new(FitFor(items), OutputCount, Options.MaxDegreeOfParallelism);

    private NetworkFunction FunctionOf(FeatureMatrix inputs)
    {
        TrainedNetwork fit = Trained;
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.ColumnCount != fit.InputWidth)
        {
            throw new ArgumentException(
                Guard.Text($"{_owner.GetType().Name} was trained on {fit.InputWidth} features; the inputs have {inputs.ColumnCount}."), nameof(inputs));
        }

        return new NetworkFunction(fit, OutputCount, Options.MaxDegreeOfParallelism);
    }
}
