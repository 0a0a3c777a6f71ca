using PyRelationAL.Adapters.Torch;
using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace PyRelationAL.Tests;

/// <summary>Small modules for the toy data, and one model of each kind around them.</summary>
internal static class TorchModels
{
    static TorchModels()
    {
        // With more threads than free cores small modules take many times longer.
        torch.set_num_threads(1);
    }

    public static IEnumerable<TestFixtureData> All =>
    [
        Case(() => new TorchClassifier(Classifying())),
        Case(() => new TorchRegressor(Regressing())),
        Case(() => new TorchEnsembleClassifier(Classifying(), memberCount: 3)),
        Case(() => new TorchEnsembleRegressor(Regressing(), memberCount: 3)),
        Case(() => new TorchMCDropoutClassifier(Classifying(), sampleCount: 5)),
        Case(() => new TorchMCDropoutRegressor(Regressing(), sampleCount: 5)),
        Case(() => new TorchMCDropoutRegressor(Regressing(), sampleCount: 5, consistent: false), "plain masks"),
    ];

    public static TorchOptions Classifying(int inputs = 3, int classes = 3) => new() { Module = () => Perceptron(inputs, classes), Epochs = 5, BatchSize = 8 };

    public static TorchOptions Regressing(int inputs = 2) => new() { Module = () => Perceptron(inputs, 1), Epochs = 5, BatchSize = 8 };

    public static Module Perceptron(int inputs, int outputs, int hidden = 16) =>
        Sequential(("hidden", Linear(inputs, hidden)), ("activation", Tanh()), ("dropout", Dropout(0.2)), ("head", Linear(hidden, outputs)));

    private static TestFixtureData Case(Func<IModelManager> create, string? variant = null)
    {
        string name = create().GetType().Name;
        return new TestFixtureData(create).SetArgDisplayNames(variant is null ? name : $"{name}, {variant}");
    }
}
