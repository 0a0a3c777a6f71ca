using PyRelationAL;
using PyRelationAL.Distances;
using PyRelationAL.Models;

namespace Outsider.Extensions;

/// <summary>A selection criterion: the best score first, then the largest product of score and distance to the batch, in the model's embedding.</summary>
internal sealed class FarApart(DistanceMetric metric) : ISelectionCriterion
{
    public Requirements Requirements { get; } = new(TaskKinds.Any, Capabilities.Embeddings);

    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        FeatureMatrix rows = context.PoolRows(FeatureSpace.Embeddings);
        double[][] points = [.. Enumerable.Range(0, rows.RowCount).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), x => (double)x))];
        double[] values = scores.ToArray();
        var batch = new List<int>();
        while (batch.Count < count)
        {
            batch.Add(Enumerable.Range(0, values.Length).Except(batch)
                .MaxBy(i => values[i] * (batch.Count == 0 ? 1 : batch.Min(j => metric.Between(points[i], points[j])))));
        }

        return [.. batch];
    }
}
