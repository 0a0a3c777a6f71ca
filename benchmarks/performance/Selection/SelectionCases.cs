using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using PyRelationAL.Clustering;
using PyRelationAL.Datasets;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.SelectionCriteria;
using PyRelationAL.Strategies;

namespace PyRelationAL.Benchmarks.Selection;

/// <summary>
/// Our side of benchmarks/peers/selection.py: <c>selection CASE THREADS REPETITIONS FOLDER</c>. Prints JSON as selection_peers.py does. Predictions are there
/// before the clock starts, as on the other side; they have been checked when they were made.
/// </summary>
internal static class SelectionCases
{
    public static int Run(string[] args)
    {
        string name = args[0], folder = args[3];
        int threads = int.Parse(args[1], CultureInfo.InvariantCulture), repetitions = int.Parse(args[2], CultureInfo.InvariantCulture);
        Func<double[]> work = Case(name, folder, threads);
        // Until the compiler has settled on its last version of the code.
        for (int i = 0; i < (repetitions > 1 ? Math.Min(repetitions, 5) : 0); i++)
        {
            work();
        }

        var seconds = new double[repetitions];
        var processor = new double[repetitions];
        var inertias = new double[repetitions];
        double[] result = [];
        for (int i = 0; i < repetitions; i++)
        {
            GC.Collect();
            TimeSpan begun = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            result = work();
            seconds[i] = clock.Elapsed.TotalSeconds;
            processor[i] = (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
            inertias[i] = result[0];
        }

        var ours = new Dictionary<string, double[]> { ["seconds"] = seconds, ["processor"] = processor, ["result"] = result[..Math.Min(20, result.Length)] };
        if (name.StartsWith("k-means", StringComparison.Ordinal))
        {
            ours["inertias"] = inertias;
        }

        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object> { ["ours"] = ours }));
        return 0;
    }

    private static Func<double[]> Case(string name, string folder, int threads)
    {
        var random = new RandomStream(1);
        int run = 0;
        switch (name)
        {
            case "bald":
                var samples = new PosteriorClassSamples(Wide(folder, "bald_20x100000x10"), 20, 10);
                return Top(new ClassificationBald(), new FixedPredictions(null, samples), samples.RowCount, threads);
            case "relative":
                FeatureMatrix queries = Rows(folder, "rel_query_100000x64", 64), references = Rows(folder, "rel_ref_5000x64", 64);
                InMemoryDataset both = Dataset(queries, references);
                int count = queries.RowCount;
                return () => new RelativeDistance().Score(new QueryContext(
                    DatasetView.All(both).Slice(0, count), DatasetView.All(both).Slice(count, references.RowCount), null, random, threads))[..5];
            case "k-centre":
                FeatureMatrix pool = Rows(folder, "kc_unl_50000x64", 64), labelled = Rows(folder, "kc_lab_100x64", 64);
                return () => Doubles(KCentreGreedyStrategy.Select(pool, labelled, 1000, maxDegreeOfParallelism: threads));
            case "badge":
                var gradients = GradientEmbeddings.OfCrossEntropy(
                    new ClassProbabilities(Wide(folder, "badge_probs_20000x10"), 10), Rows(folder, "badge_emb_20000x64", 64));
                return () => Doubles(BADGEStrategy.Select(gradients, 1000, random, threads));
            case "batchbald":
                var logged = new PosteriorClassSamples(ByS(Wide(folder, "bb_logp_2000x100x10"), 2000, 100, 10), 100, 10);
                return () => Doubles(BatchBALDStrategy.Select(logged, 10, random, maxDegreeOfParallelism: threads));
            case var text when text.StartsWith("k-means", StringComparison.Ordinal):
                FeatureMatrix rows = Rows(folder, "km_20000x64", 64);
                int[] numbers = [.. text.Split(' ')[1..].Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
                return () => [Inertia(rows, new KMeans(numbers[1], maxDegreeOfParallelism: threads).Cluster(rows, numbers[0], random.Child(run++)))];
            case "ranked":
                return Ranked(threads);
            default:
                var probabilities = new ClassProbabilities(Wide(folder, "probs_1000000x10"), 10);
                IInformativenessFunction score = name switch
                {
                    "entropy" => new Entropy(),
                    "margin" => new MarginConfidence(),
                    "ratio" => new RatioConfidence(),
                    _ => new LeastConfidence(),
                };
                return Top(score, new FixedPredictions(probabilities, null), probabilities.RowCount, threads);
        }
    }

    /// <summary>A ranked batch of 8,000 from 2,000,000 rows of 64 columns around 100 centres; no peer does that.</summary>
    private static Func<double[]> Ranked(int threads)
    {
        const int Count = 2_000_000, Columns = 64;
        var random = new RandomStream(1);
        double[] centres = [.. Enumerable.Range(0, 100 * Columns).Select(_ => 3 * random.NextGaussian())];
        var values = new float[Count * Columns];
        var scores = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            int centre = random.NextInt32(100);
            scores[i] = random.NextDouble();
            for (int j = 0; j < Columns; j++)
            {
                values[(i * Columns) + j] = (float)(centres[(centre * Columns) + j] + random.NextGaussian());
            }
        }

        var dataset = InMemoryDataset.ForClassification("rows", new FeatureMatrix(values, Count, Columns), new int[Count], 2);
        DatasetView all = DatasetView.All(dataset);
        return () => Doubles(new RankedBatch().Select(scores, 8000, new QueryContext(all, all.Slice(0, 0), null, random, threads)));
    }

    private static Func<double[]> Top(IInformativenessFunction score, object model, int count, int threads)
    {
        var dataset = InMemoryDataset.ForClassification("predictions", new FeatureMatrix(ReadOnlyMemory<float>.Empty, count, 0), new int[count], 10);
        DatasetView pool = DatasetView.All(dataset), none = pool.Slice(0, 0);
        return () => Doubles(TopK.Select(score.Score(new QueryContext(pool, none, model, new RandomStream(1), threads)), 100));
    }

    private static double Inertia(FeatureMatrix rows, ClusterAssignment assignment)
    {
        int columns = rows.ColumnCount, k = assignment.ClusterCount;
        var means = new double[k * columns];
        var sizes = new int[k];
        for (int i = 0; i < rows.RowCount; i++)
        {
            int c = assignment.Clusters[i];
            sizes[c]++;
            for (int j = 0; j < columns; j++)
            {
                means[(c * columns) + j] += rows.Row(i)[j];
            }
        }

        double sum = 0;
        for (int i = 0; i < rows.RowCount; i++)
        {
            int c = assignment.Clusters[i];
            for (int j = 0; j < columns; j++)
            {
                double difference = rows.Row(i)[j] - (means[(c * columns) + j] / sizes[c]);
                sum += difference * difference;
            }
        }

        return sum;
    }

    private static InMemoryDataset Dataset(FeatureMatrix first, FeatureMatrix second) => InMemoryDataset.ForClassification(
        "rows",
        new FeatureMatrix((float[])[.. first.Values, .. second.Values], first.RowCount + second.RowCount, first.ColumnCount),
        new int[first.RowCount + second.RowCount],
        2);

    private static FeatureMatrix Rows(string folder, string name, int columns)
    {
        float[] values = Single(folder, name);
        return new FeatureMatrix(values, values.Length / columns, columns);
    }

    private static float[] Single(string folder, string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name + ".f32"))).ToArray();

    private static double[] Wide(string folder, string name) => Array.ConvertAll(Single(folder, name), v => (double)v);

    private static double[] Doubles(int[] positions) => Array.ConvertAll(positions, p => (double)p);

    /// <summary>Probabilities by sample, [S×N×C], from log probabilities [N×S×C].</summary>
    private static double[] ByS(double[] logarithms, int n, int s, int classes)
    {
        var values = new double[logarithms.Length];
        for (int i = 0; i < n; i++)
        {
            for (int m = 0; m < s; m++)
            {
                for (int c = 0; c < classes; c++)
                {
                    values[(((m * n) + i) * classes) + c] = Math.Exp(logarithms[(((i * s) + m) * classes) + c]);
                }
            }
        }

        return values;
    }

    private sealed class FixedPredictions(ClassProbabilities? probabilities, PosteriorClassSamples? samples)
        : IClassProbabilityPredictor, IPosteriorClassSampler
    {
        private readonly Dictionary<int, PosteriorClassSamples> _blocks = [];

        public int SampleCount => samples?.SampleCount ?? 1;

        public bool Consistent => true;

        public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) => probabilities!;

        public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
        {
            if (!_blocks.TryGetValue(items.Indices[0], out PosteriorClassSamples? block))
            {
                _blocks.Add(items.Indices[0], block = Part(items));
            }

            return block;
        }

        // The context asks for the pool in blocks.
        private PosteriorClassSamples Part(DatasetView items)
        {
            int classes = samples!.ClassCount;
            var values = new double[samples.SampleCount * items.Count * classes];
            for (int m = 0; m < samples.SampleCount; m++)
            {
                int first = ((m * samples.RowCount) + items.Indices[0]) * classes;
                samples.Values.Slice(first, items.Count * classes).CopyTo(values.AsSpan(m * items.Count * classes));
            }

            return new PosteriorClassSamples(values, samples.SampleCount, classes);
        }
    }
}
