using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>What the three checkerboards share: points uniform on the unit square and a rule that colours it.</summary>
internal static class Checkerboard
{
    public const int DefaultSize = 1000;

    private const string Citation =
        "K. Konyushkova, R. Sznitman and P. Fua (2017). Learning active learning from data. NeurIPS 30. Law inferred from the published points.";

    public static DatasetSource Source(string name, Func<long, InMemoryDataset> generate) => new(
        Generator.Info(
            name,
            LearningTask.Classification(2),
            2 * DefaultSize,
            2,
            Citation,
            "No label noise. The first 1000 rows are the train part, the last 1000 the test part."),
        generate);

    public static InMemoryDataset Generate(string name, long seed, int trainSize, int testSize, Func<float, float, bool> isPositive)
    {
        int count = checked(Generator.Size(trainSize, 1, nameof(trainSize)) + Generator.Size(testSize, 0, nameof(testSize)));
        RandomStream random = Generator.Random(name, seed);
        var rows = new float[count][];
        var classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = [Uniform(random), Uniform(random)];
            classes[i] = isPositive(rows[i][0], rows[i][1]) ? 1 : 0;
        }

        return Generator.TwoClasses(name, rows, classes);
    }

    /// <summary>Whether a point's square of the k×k board is one of those of class 1.</summary>
    public static bool OnEvenSquare(int squares, float x1, float x2) => ((int)(squares * x1) + (int)(squares * x2)) % 2 == 0;

    // 24 bits are exact in float32. A double rounded to float32 could become 1, outside the board, or cross a line after it was labelled.
    private static float Uniform(RandomStream random) => (float)(Math.Floor(random.NextDouble() * (1 << 24)) / (1 << 24));
}
