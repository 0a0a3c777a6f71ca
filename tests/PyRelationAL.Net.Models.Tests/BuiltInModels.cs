namespace PyRelationAL.Tests;

/// <summary>Every model of the package, found by reflection so that a new model is tested the day it is added.</summary>
internal static class BuiltInModels
{
    public static IEnumerable<Type> Types => typeof(Models.GaussianProcessRegressor).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IModelManager).IsAssignableFrom(t));

    public static IModelManager Create(Type type) => (IModelManager)Activator.CreateInstance(type)!;
}
