using PyRelationAL.InformativenessFunctions;

namespace Outsider.Extensions;

/// <summary>A score of checked rows, by the library's base class: the second largest probability.</summary>
internal sealed class SecondLargest : ClassProbabilityScore
{
    protected override void ScoreRows(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            double[] row = probabilities.Slice(i * classCount, classCount).ToArray();
            Array.Sort(row);
            scores[i] = row[^2];
        }
    }
}
