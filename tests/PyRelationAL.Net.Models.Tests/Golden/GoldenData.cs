using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Models.Covariance;

namespace PyRelationAL.Tests.Golden;

/// <summary>The numbers that make_golden.py took from scikit-learn.</summary>
internal static class GoldenData
{
    private static readonly Lazy<JsonDocument> Document = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "golden.json"))));

    /// <summary>The kernels of make_golden.py, under the same names, for four features.</summary>
    public static IReadOnlyDictionary<string, Kernel> Kernels { get; } = new Dictionary<string, Kernel>
    {
        ["constant*rbf"] = 1.7 * new RbfKernel(1.3),
        ["constant*ard"] = 0.8 * new RbfKernel(Ard()),
        ["constant*matern12"] = 1.5 * new MaternKernel(MaternSmoothness.Half, 1.6),
        ["constant*matern32"] = 1.5 * new MaternKernel(MaternSmoothness.ThreeHalves, 1.6),
        ["constant*matern52"] = 1.5 * new MaternKernel(MaternSmoothness.FiveHalves, 1.6),
        ["constant*matern52ard"] = 1.5 * new MaternKernel(MaternSmoothness.FiveHalves, Ard()),
        ["constant*rq"] = 1.2 * new RationalQuadraticKernel(lengthScale: 1.1, scaleMixture: 0.6),
        ["constant*rbf+white"] = (1.2 * new RbfKernel(1.4)) + new WhiteNoiseKernel(0.3),
        ["rbf*matern32+constant*rq+white"] = (new RbfKernel(2.5) * new MaternKernel(MaternSmoothness.ThreeHalves, 3.0))
            + (0.4 * new RationalQuadraticKernel(lengthScale: 0.9, scaleMixture: 1.5)) + new WhiteNoiseKernel(0.2),
    };

    public static JsonElement Root => Document.Value.RootElement;

    public static IEnumerable<string> Names(string section) => Root.GetProperty(section).EnumerateObject().Select(p => p.Name);

    /// <summary>All numbers of an element, nested arrays laid out row after row.</summary>
    public static double[] Numbers(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Numbers)]
        : [element.GetDouble()];

    public static double[] Numbers(this JsonElement element, string name) => element.GetProperty(name).Numbers();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static FeatureMatrix Features(string name)
    {
        JsonElement x = Root.GetProperty("data").GetProperty(name).GetProperty("x");
        return FeatureMatrix.FromRows([.. x.EnumerateArray().Select(row => row.Numbers().Select(v => (float)v).ToArray())]);
    }

    public static double[] Targets(string name) => Root.GetProperty("data").GetProperty(name).Numbers("y");

    public static DatasetView Classification(string name) =>
        DatasetView.All(InMemoryDataset.ForClassification(name, Features(name), [.. Targets(name).Select(y => (int)y)]));

    public static DatasetView Regression(string name) => DatasetView.All(InMemoryDataset.ForRegression(name, Features(name), Targets(name)));

    private static Hyperparameter[] Ard() => [0.7, 1.1, 1.5, 1.9];
}
