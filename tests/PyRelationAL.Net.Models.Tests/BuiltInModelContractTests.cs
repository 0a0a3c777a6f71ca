namespace PyRelationAL.Tests;

[TestFixtureSource(typeof(BuiltInModels), nameof(BuiltInModels.Types))]
public sealed class BuiltInModelContractTests(Type type) : ModelManagerContract(() => BuiltInModels.Create(type));
