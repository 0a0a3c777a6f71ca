using PyRelationAL.Experiments;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Reports;

/// <summary>Made-up results of 20 strategies on five datasets of ten classes, 500 queries of two items, five folds: as large as reports get.</summary>
internal static class LargeReport
{
    private const int Strategies = 20, Datasets = 5, Folds = 5, Queries = 500, Classes = 10, Items = 2000;

    public static (RunResult[] Runs, QueryProjection[] Projections) Contents()
    {
        RunResult[] runs =
        [
            .. from dataset in Enumerable.Range(0, Datasets)
               from fold in Enumerable.Range(0, Folds)
               from strategy in Enumerable.Range(0, Strategies)
               select Run(dataset, fold, strategy),
        ];
        return (runs, [.. runs.DistinctBy(run => run.Spec.Dataset).Select(Projection)]);
    }

    private static RunResult Run(int dataset, int fold, int strategy)
    {
        RandomStream random = new RandomStream(seed: 1).Child(dataset).Child(fold).Child(strategy);
        double[] scores = [.. Enumerable.Range(0, Queries + 1).Select(i => 0.95 - ((0.5 + (0.02 * strategy)) / (1 + (i / 60.0))) + (0.02 * random.NextGaussian()))];
        string name = strategy == 0 ? "RandomAcquisition" : FormattableString.Invariant($"SomewhatLongStrategyName{strategy}");
        int[][] queried = [.. Enumerable.Range(0, Queries).Select(_ => new[] { random.NextInt32(Items), random.NextInt32(Items) })];
        return Fixtures.Result(name, fold, scores, dataset: FormattableString.Invariant($"Dataset {dataset + 1}")) with
        {
            Index = (((dataset * Folds) + fold) * Strategies) + strategy,
            Queried = queried,
            QueriedClasses = [.. queried.Select(query => query.Select(item => item % Classes).ToArray())],
        };
    }

    private static QueryProjection Projection(RunResult run)
    {
        RandomStream random = new RandomStream(seed: 2).Child(run.Spec.Dataset);
        int[] items = [.. Enumerable.Range(0, Items)];
        return new QueryProjection
        {
            Spec = run.Spec with { Strategy = string.Empty },
            Explained = [0.4, 0.2],
            Items = items,
            X = [.. items.Select(item => Math.Cos(item % Classes) + (0.2 * random.NextGaussian()))],
            Y = [.. items.Select(item => Math.Sin(item % Classes) + (0.2 * random.NextGaussian()))],
            Classes = [.. items.Select(item => item % Classes)],
        };
    }
}
