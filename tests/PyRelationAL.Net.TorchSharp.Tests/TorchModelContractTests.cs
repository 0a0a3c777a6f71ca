namespace PyRelationAL.Tests;

[TestFixtureSource(typeof(TorchModels), nameof(TorchModels.All))]
public sealed class TorchModelContractTests(Func<IModelManager> create) : ModelManagerContract(create);
