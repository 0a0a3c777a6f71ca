using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Networks trained on the same items from streams of their own: the part that ensembles for both tasks share.</summary>
internal sealed class NetworkEnsemble
{
    private readonly object _owner;
    private readonly int _members;
    private readonly int _threads;
    private TrainedNetwork[]? _fits;

    public NetworkEnsemble(object owner, NeuralNetworkEnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Network, nameof(options.Network));
        _owner = owner;
        _members = Guard.Positive(options.MemberCount);
        _threads = Guard.Threads(options.MaxDegreeOfParallelism);
        NetworkOptions = options.Network.Checked();
    }

    public NeuralNetworkOptions NetworkOptions { get; }

    public int Count => _members;

    public bool IsTrained => _fits is not null;

    public void Train(NetworkProblem problem, RandomStream random, CancellationToken cancellationToken)
    {
        RandomStream[] streams = [.. Enumerable.Range(0, _members).Select(i => random.Child(i))];
        var fits = new TrainedNetwork[_members];
        int cores = _threads == -1 ? Environment.ProcessorCount : _threads;
        int each = ((_members - 1) / cores) + 1;
        if (each >= LaneTrainer.FewestMembers && LaneTrainer.Suits(problem))
        {
            int group = Math.Min(each, Lanes.Group);
            Blocks.ForEach(
                _members,
                _threads,
                cancellationToken,
                (start, count) => LaneTrainer.Train(problem, streams.AsSpan(start, count), cancellationToken).CopyTo(fits.AsSpan(start)),
                group);
            _fits = fits;
            return;
        }

        // Cores that are left when every member has one.
        int threadsEach = Math.Max(1, cores / _members);
        Blocks.ForEach(
            _members,
            _threads,
            cancellationToken,
            (i, _) => fits[i] = NetworkTrainer.Train(problem, streams[i], threadsEach, cancellationToken),
            blockRows: 1);
        _fits = fits;
    }

    public void Save(Stream destination) => NetworkFile.Write(destination, _owner, NetworkOptions, ModelGuard.Trained(_owner, _fits));

    public void Load(Stream source) => _fits = NetworkFile.Read(source, _owner, NetworkOptions, _members).Networks;

    /// <summary>Asks every member.</summary>
    /// <param name="items">The items.</param>
    /// <param name="valuesPerRow">The numbers a member predicts for each row.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <param name="write">Writes one member's predictions.</param>
    /// <returns>The members' predictions, one after the other.</returns>
    public double[] Predict(DatasetView items, int valuesPerRow, CancellationToken cancellationToken, Action<TrainedNetwork, Memory<double>> write)
    {
        TrainedNetwork[] fits = ModelGuard.Trained(_owner, _fits);
        ModelGuard.Predictable(_owner, items, fits[0].InputWidth);
        int size = checked(items.Count * valuesPerRow);
        var values = new double[checked(size * fits.Length)];
        cancellationToken.ThrowIfCancellationRequested();
        Blocks.ForEach(fits.Length, _threads, cancellationToken, (i, _) => write(fits[i], values.AsMemory(i * size, size)), blockRows: 1);
        return values;
    }

    public void Reset() => _fits = null;
}
