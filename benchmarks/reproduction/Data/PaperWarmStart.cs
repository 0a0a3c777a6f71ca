using PyRelationAL.Datasets;
using PyRelationAL.Reproduction.Python;

namespace PyRelationAL.Reproduction.Data;

/// <summary>
/// The paper's warm start: <c>random.seed(1234); random.sample(train, int(0.1 * len(train)))</c>, the same positions in every fold and for every seed.
/// </summary>
internal sealed record PaperWarmStart : Start
{
    private const uint PythonSeed = 1234;

    /// <inheritdoc/>
    public override string Name => "warm";

    /// <inheritdoc/>
    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default) =>
        new PythonRandom(PythonSeed).Sample(fold.Train, (int)(0.1 * fold.Train.Count));
}
