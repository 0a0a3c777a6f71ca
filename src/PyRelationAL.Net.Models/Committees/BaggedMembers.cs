using PyRelationAL.Numerics;

namespace PyRelationAL.Models.Committees;

/// <summary>Members trained on bootstrap bags of the labelled items (Breiman, "Bagging predictors", Machine Learning 1996).</summary>
internal sealed class BaggedMembers
{
    private readonly IModelManager[] _members;
    private readonly int _threads;

    public BaggedMembers(object committee, Func<IModelManager> createMember, CommitteeOptions options, Func<IModelManager, bool> suits, string needed)
    {
        ArgumentNullException.ThrowIfNull(createMember);
        ArgumentNullException.ThrowIfNull(options);
        _threads = Guard.Threads(options.MaxDegreeOfParallelism);
        _members = new IModelManager[Guard.Positive(options.MemberCount)];
        for (int i = 0; i < _members.Length; i++)
        {
            IModelManager member = createMember() ?? throw new ArgumentException("The factory gave no model.", nameof(createMember));
            if (!suits(member))
            {
                throw new ArgumentException(
                    $"{committee.GetType().Name} needs members that implement {needed}; {member.GetType().Name} does not.", nameof(createMember));
            }

            if (Array.IndexOf(_members, member) >= 0)
            {
                throw new ArgumentException("The factory gave the same model twice; every member must be a model of its own.", nameof(createMember));
            }

            _members[i] = member;
        }
    }

    public int Count => _members.Length;

    public bool IsTrained { get; private set; }

    public void Train(
        DatasetView labelled, DatasetView? validation, RandomStream random, Func<int[], bool> acceptable, CancellationToken cancellationToken)
    {
        Reset();
        cancellationToken.ThrowIfCancellationRequested();
        ForEach(
            cancellationToken,
            (i, member) =>
            {
                RandomStream stream = random.Child(i);
                int[] bag = Bag(labelled.Count, stream.Child("bag"), acceptable);
                member.Train(labelled.SelectRows(bag), validation, stream.Child("training"), cancellationToken);
            });
        IsTrained = true;
    }

    public void Reset()
    {
        IsTrained = false;
        foreach (IModelManager member in _members)
        {
            member.Reset();
        }
    }

    public void ForEach(CancellationToken cancellationToken, Action<int, IModelManager> body) =>
        Blocks.ForEach(_members.Length, _threads, cancellationToken, (i, _) => body(i, _members[i]), blockRows: 1);

    public void EnsureTrained(object committee) => ModelGuard.Trained(committee, IsTrained ? this : null);

    private static int[] Bag(int size, RandomStream random, Func<int[], bool> acceptable)
    {
        var bag = new int[size];
        do
        {
            for (int i = 0; i < size; i++)
            {
                bag[i] = random.NextInt32(size);
            }
        }
        while (!acceptable(bag));

        return bag;
    }
}
