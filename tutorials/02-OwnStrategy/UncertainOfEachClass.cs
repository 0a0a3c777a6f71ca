using PyRelationAL.Models;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tutorials;

/// <summary>
/// Goes round the classes and takes the candidate of each that the model is least sure of, so that no class fills the batch alone. Say what is needed, return
/// pool positions: the base class clamps the batch to the pool, checks the answer and maps positions to dataset indices.
/// </summary>
internal sealed class UncertainOfEachClass : Strategy
{
    public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    protected override Batch Select(QueryContext context, int count)
    {
        ClassProbabilities p = context.ClassProbabilities;
        double[] scores = context.Score(Informativeness.LeastConfidence);
        IEnumerable<int> rounds = Enumerable.Range(0, p.RowCount)
            .GroupBy(p.ArgMax)
            .SelectMany(ofClass => ofClass.OrderByDescending(i => scores[i]).Select((position, turn) => (position, turn)))
            .OrderBy(x => x.turn).ThenByDescending(x => scores[x.position])
            .Select(x => x.position);
        return new Batch([.. rounds.Take(count)]);
    }
}
