using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The sets of an information measure: N candidates, Q query points and P private points, in this order, and the weights η and ν.</summary>
internal sealed record InformationSets(int Candidates, int Queries, int Privates, double QueryWeight, double PrivateWeight)
{
    /// <summary>Greedily, the candidates with the largest gains.</summary>
    public int[] Select(
        InformationMeasure measure, ISimilarities similarities, int count, Span<double> gains, int threads, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return [];
        }

        ConditionalVariances Given(int start, double[] weights) => new(similarities, Candidates, start, weights, threads, cancellationToken);
        int privates = Candidates + Queries;
        double[] queryWeights = [.. Enumerable.Repeat(QueryWeight, Queries)], privateWeights = [.. Enumerable.Repeat(PrivateWeight, Privates)];
        return measure switch
        {
            InformationMeasure.LogDetMI => Greedy(Given(Candidates, []), Given(Candidates, queryWeights), count, gains),
            InformationMeasure.LogDetCG => Greedy(Given(privates, privateWeights), null, count, gains),
            InformationMeasure.LogDetCMI => Greedy(Given(privates, privateWeights), Given(Candidates, [.. queryWeights, .. privateWeights]), count, gains),
            _ => Facility(measure, similarities, threads, cancellationToken).Select(count, gains),
        };
    }

    /// <summary>The measures that are no determinants.</summary>
    public FacilityLocation Facility(InformationMeasure measure, ISimilarities similarities, int threads, CancellationToken cancellationToken)
    {
        double[] Like(int start, int others, double weight) =>
            FacilityLocation.Largest(similarities, Candidates, start, others, weight, threads, cancellationToken);
        int privates = Candidates + Queries;
        (int first, double[] caps, double[] floors, double[] modular) = measure switch
        {
            InformationMeasure.FLQMI => (Candidates, Unlimited(Queries), new double[Queries], Like(Candidates, Queries, QueryWeight)),
            InformationMeasure.GCMI => (0, [], [], Sums(similarities, threads, cancellationToken)),
            InformationMeasure.FLCG => (0, Unlimited(Candidates), Like(privates, Privates, PrivateWeight), new double[Candidates]),
            _ => (0, Like(Candidates, Queries, QueryWeight), Like(privates, Privates, PrivateWeight), new double[Candidates]),
        };
        return new FacilityLocation(similarities, first, caps, floors, modular, threads, cancellationToken);
    }

    private static double[] Unlimited(int count) => [.. Enumerable.Repeat(double.PositiveInfinity, count)];

    /// <summary>By ln v − ln w, the logarithms of the conditional variances; w = 1 where there is none.</summary>
    private static int[] Greedy(ConditionalVariances variances, ConditionalVariances? less, int count, Span<double> gains)
    {
        var selected = new int[count];
        var taken = new bool[variances.Values.Length];
        var all = new double[taken.Length];
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < all.Length; i++)
            {
                all[i] = Math.Log(variances.Values[i]) - (less is null ? 0 : Math.Log(less.Values[i]));
            }

            int next = TopPositions.LargestLeft(all, taken);
            selected[k] = next;
            taken[next] = true;
            if (!gains.IsEmpty)
            {
                gains[k] = all[next];
            }

            if (k + 1 < count)
            {
                variances.Add(next);
                less?.Add(next);
            }
        }

        return selected;
    }

    private double[] Sums(ISimilarities similarities, int threads, CancellationToken cancellationToken)
    {
        var sums = new double[Candidates];
        Blocks.ForEach(
            Candidates,
            threads,
            cancellationToken,
            (begin, rows) =>
            {
                var row = new double[Queries];
                for (int i = begin; i < begin + rows; i++)
                {
                    similarities.Of(i, Candidates, row);
                    System.Numerics.Tensors.TensorPrimitives.Max(row, 0, row);
                    sums[i] = 2 * QueryWeight * System.Numerics.Tensors.TensorPrimitives.Sum<double>(row);
                }
            },
            blockRows: 64);
        return sums;
    }
}
