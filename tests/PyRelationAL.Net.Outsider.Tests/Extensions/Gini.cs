using PyRelationAL;
using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace Outsider.Extensions;

/// <summary>A score written from scratch: 1 − Σ p².</summary>
internal sealed class Gini : IInformativenessFunction
{
    public Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.ClassProbabilities);

    public double[] Score(QueryContext context)
    {
        ClassProbabilities p = context.ClassProbabilities;
        var scores = new double[p.RowCount];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = 1;
            foreach (double share in p.Row(i))
            {
                scores[i] -= share * share;
            }
        }

        return scores;
    }
}
