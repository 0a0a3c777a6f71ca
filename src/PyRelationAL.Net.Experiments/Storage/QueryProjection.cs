using System.Globalization;
using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Distances;

namespace PyRelationAL.Experiments;

/// <summary>
/// Where the items of one fold and seed lie along the two principal components of its training items: those that the strategies queried, those labelled at the
/// start, and some others. Kept beside the results, so that a report needs no data.
/// </summary>
internal sealed record QueryProjection
{
    /// <summary>More points of one run than this would hide each other.</summary>
    public const int MostItemsOfARun = 300;

    /// <summary>The class of an item that is of none of the task's classes.</summary>
    public const int NoClass = -1;

    private const int MostOthers = 200;

    /// <summary>Of the extent of all places: rounding on another machine moves an item less, and no eye sees it.</summary>
    private const double Tolerance = 0.01;

    /// <summary>The components are found from so many values at most.</summary>
    private const int MostValues = 1 << 24;

    /// <summary>Fewer rows than this would not show what the data look like.</summary>
    private const int FewestRows = 100;

    /// <summary>The runs that are shown: their spec without the strategy.</summary>
    public required RunSpec Spec { get; init; }

    /// <summary>The classes' names in order, where they are known.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The share of the variance along each component.</summary>
    public required IReadOnlyList<double> Explained { get; init; }

    /// <summary>The items, as dataset indices.</summary>
    public required IReadOnlyList<int> Items { get; init; }

    /// <summary>Their first coordinates.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Their second coordinates.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Their classes; null for other tasks than classification.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>The class of an item of a classification task; <see cref="NoClass"/> where it has none.</summary>
    public static int ClassOf(IDataset dataset, int index) => dataset.GetLabel(index) is { Kind: LabelKind.Class } label ? label.Class : NoClass;

    /// <summary>The first fold and seed of each setting in which runs succeeded. Loads the data of each.</summary>
    public static QueryProjection[] Of(PreparedExperiment experiment, IReadOnlyList<RunResult> runs)
    {
        ILookup<RunSpec, RunResult> bySpec = runs.Where(run => run.Queried.Count > 0).ToLookup(run => Shown(run.Spec));
        return
        [
            .. experiment.PlannedRuns.DistinctBy(run => run.Spec.Setting)
                .Where(run => bySpec.Contains(Shown(run.Spec)))
                .Select(run => Of(Shown(run.Spec), run.Task, [.. bySpec[Shown(run.Spec)]]))
                .OfType<QueryProjection>(),
        ];
    }

    public static void Write(string file, QueryProjection[] projections) => WholeFile.Write(file, ResultJson.Text(projections) + "\n");

    /// <summary>
    /// What folders and their shards hold, as one projection for each fold and seed: an item that several have is kept once. Whichever places an item otherwise
    /// than one before it is left out whole, with a warning; so is a damaged file.
    /// </summary>
    public static QueryProjection[] Read(IEnumerable<ExperimentFolder> folders, List<string> warnings)
    {
        var found = new OrderedDictionary<RunSpec, QueryProjection>();
        foreach (string file in folders.SelectMany(folder => folder.ProjectionFiles))
        {
            foreach (QueryProjection projection in ReadFile(file, warnings))
            {
                if (found.TryAdd(projection.Spec, projection))
                {
                    continue;
                }

                if (found[projection.Spec].With(projection) is { } both)
                {
                    found[projection.Spec] = both;
                }
                else
                {
                    warnings.Add($"{file} has items of {projection.Spec.Dataset} in other places than the files before it, and is left out for them.");
                }
            }
        }

        return [.. found.Values];
    }

    /// <summary>Some positions of a list, about evenly spread, the first and the last among them; all where there are not more.</summary>
    public static IEnumerable<int> Spread(int count, int most) =>
        count <= most ? Enumerable.Range(0, count) : Enumerable.Range(0, most).Select(i => (int)((long)i * (count - 1) / (most - 1)));

    private static RunSpec Shown(RunSpec spec) => spec with { Strategy = string.Empty };

    private static QueryProjection[] ReadFile(string file, List<string> warnings)
    {
        try
        {
            QueryProjection[] projections = ResultJson.ReadProjections(File.ReadAllText(file));
            if (projections.All(p => p.Items.Count == p.X.Count && p.Items.Count == p.Y.Count && p.Items.Count == (p.Classes ?? p.Items).Count))
            {
                return projections;
            }
        }
        catch (JsonException)
        {
        }

        warnings.Add($"{file} holds no projections, and is left out.");
        return [];
    }

    /// <summary>With the items of another one that this one does not have; null where they are no parts of one projection.</summary>
    private QueryProjection? With(QueryProjection other)
    {
        Dictionary<int, int> places = Items.Index().DistinctBy(pair => pair.Item).ToDictionary(pair => pair.Item, pair => pair.Index);
        ILookup<bool, int> others = Enumerable.Range(0, other.Items.Count).ToLookup(i => places.ContainsKey(other.Items[i]));
        bool agrees = (Classes is null) == (other.Classes is null) && AreNear(X, other.X) && AreNear(Y, other.Y);
        return !agrees ? null : this with
        {
            Items = [.. Items, .. others[false].Select(i => other.Items[i])],
            X = [.. X, .. others[false].Select(i => other.X[i])],
            Y = [.. Y, .. others[false].Select(i => other.Y[i])],
            Classes = Classes is null ? null : [.. Classes, .. others[false].Select(i => other.Classes![i])],
        };

        bool AreNear(IReadOnlyList<double> own, IReadOnlyList<double> theirs)
        {
            double most = Tolerance * (own.DefaultIfEmpty().Max() - own.DefaultIfEmpty().Min());
            return others[true].All(i => Math.Abs(own[places[other.Items[i]]] - theirs[i]) <= most);
        }
    }

    /// <summary>Null where the rows are too wide to find their components from enough of them.</summary>
    private static QueryProjection? Of(RunSpec spec, BenchmarkTask task, RunResult[] runs)
    {
        DataManager data = task.CreateDataManager(spec.Seed);
        IDataset dataset = data.Dataset;
        int rows = MostValues / Math.Max(1, dataset.FeatureCount);
        if (rows < Math.Min(FewestRows, data.TrainIndices.Count))
        {
            return null;
        }

        int[] train = [.. data.TrainIndices];
        FeatureMatrix sample = Rows(dataset, [.. Spread(train.Length, Math.Max(2, rows)).Select(i => train[i])]);
        var components = PrincipalComponents.Of(sample, Math.Min(2, sample.ColumnCount), threads: 1, CancellationToken.None);
        double total = TotalVariance(sample);
        int[] items =
        [
            .. runs.SelectMany(run => Some([.. run.Queried.SelectMany(query => query)], MostItemsOfARun))
                .Concat(runs.SelectMany(run => Some(run.InitialLabelled, MostItemsOfARun)))
                .Concat(Some(train, MostOthers)).Distinct(),
        ];
        FeatureMatrix places = components.Project(Rows(dataset, items), threads: 1, CancellationToken.None);
        return new QueryProjection
        {
            Spec = spec,
            ClassNames = dataset.Task.ClassNames,
            Explained = [.. components.Variances.Select(variance => total > 0 ? Math.Round(variance / total, 4) : 0)],
            Items = items,
            X = [.. items.Select((_, i) => Short(places.Row(i)[0]))],
            Y = [.. items.Select((_, i) => places.ColumnCount > 1 ? Short(places.Row(i)[1]) : 0)],
            Classes = dataset.Task.Kind == TaskKinds.Classification ? [.. items.Select(index => ClassOf(dataset, index))] : null,
        };
    }

    private static IEnumerable<int> Some(IReadOnlyList<int> items, int most) => Spread(items.Count, most).Select(i => items[i]);

    private static FeatureMatrix Rows(IDataset dataset, int[] indices) => new DatasetView(dataset, indices).Features;

    private static double TotalVariance(FeatureMatrix rows)
    {
        double total = 0;
        for (int column = 0; column < rows.ColumnCount; column++)
        {
            double sum = 0, squares = 0, origin = rows.Row(0)[column];
            for (int i = 0; i < rows.RowCount; i++)
            {
                double value = rows.Row(i)[column] - origin;
                sum += value;
                squares += value * value;
            }

            total += (squares - (sum * sum / rows.RowCount)) / rows.RowCount;
        }

        return total;
    }

    /// <summary>Four digits: finer than any screen.</summary>
    private static double Short(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("e3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
