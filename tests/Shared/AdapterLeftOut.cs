using System.Reflection;

namespace PyRelationAL.Tests;

/// <summary>Stands for the tests of an adapter that was not built, so that a test run says that they are missing.</summary>
public sealed class AdapterLeftOut
{
    [Test]
    public void The_adapter_is_tested()
    {
        Dictionary<string, string?> metadata = typeof(AdapterLeftOut).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .ToDictionary(a => a.Key, a => a.Value);
        Assert.Ignore($"{metadata["AdapterPackage"]} is not in the package cache; set {metadata["AdapterSwitch"]}=true where a registry carries it.");
    }
}
