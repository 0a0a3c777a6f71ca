using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Golden;

/// <summary>One data set of make_rounds.py with the models that correspond to the script's.</summary>
internal sealed class RoundsData
{
    public const int PoolCount = 100;
    public const int TrainedCount = 60;

    private static readonly Lazy<JsonDocument> Document = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "rounds.json"))));

    public RoundsData(string name)
    {
        Golden = Document.Value.RootElement.GetProperty("datasets").GetProperty(name);
        int columns = Golden.GetProperty("columns").GetInt32();
        Classes = Golden.GetProperty("classes").GetInt32();
        double[] x = Golden.Numbers("x");
        var features = new FeatureMatrix(x.Select(v => (float)v).ToArray(), x.Length / columns, columns);
        double[] y = Golden.Numbers("y");
        All = DatasetView.All(Classes > 0
            ? InMemoryDataset.ForClassification(name, features, [.. y.Select(v => (int)v)], Classes)
            : InMemoryDataset.ForRegression(name, features, y));
    }

    public static IEnumerable<string> Names => Document.Value.RootElement.GetProperty("datasets").EnumerateObject().Select(p => p.Name);

    public JsonElement Golden { get; }

    public int Classes { get; }

    /// <summary>The pool, and after it the test rows.</summary>
    public DatasetView All { get; }

    public DatasetView Test => All.Slice(PoolCount, All.Count - PoolCount);

    public Kernel Kernel
    {
        get
        {
            Kernel kernel = 1.5 * new RbfKernel(Golden.Number("lengthScale"));
            return Classes > 0 ? kernel : kernel + new WhiteNoiseKernel(0.1);
        }
    }

    public IModelManager Train(DatasetView labelled, bool fit, bool warmStart = false)
    {
        IModelManager model = Create(fit, warmStart);
        model.Train(labelled, null, new RandomStream(1));
        return model;
    }

    public IModelManager Create(bool fit, bool warmStart) => Classes > 0
        ? new GaussianProcessClassifier(new() { Kernel = Kernel, OptimiseHyperparameters = fit, WarmStart = warmStart })
        : new GaussianProcessRegressor(new() { Kernel = Kernel, OptimiseHyperparameters = fit, WarmStart = warmStart });

    public static double[] LogLikelihoods(IModelManager model) => model is GaussianProcessClassifier classifier
        ? [.. classifier.LogMarginalLikelihoods]
        : [((GaussianProcessRegressor)model).LogMarginalLikelihood!.Value];
}
