using PyRelationAL;
using PyRelationAL.Datasets;

namespace Outsider.Extensions;

/// <summary>A start: the first training item of each class.</summary>
internal sealed record FirstOfEachClass : Start
{
    public override string Name => "first";

    public override IReadOnlyList<int> ChooseLabelled(IDataset dataset, Fold fold, long seed, CancellationToken cancellationToken = default) =>
        [.. fold.Train.GroupBy(i => dataset.GetLabel(i).Class).Select(ofClass => ofClass.Min())];
}
