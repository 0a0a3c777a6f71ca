namespace PyRelationAL.Tests;

/// <summary>The rows of <c>designs.py</c>.</summary>
internal static class Kernel
{
    public static (FeatureMatrix Rows, FeatureMatrix Labelled) Rows()
    {
        System.Text.Json.JsonElement golden = GoldenData.DesignSection("rows");
        return (TestData.Matrix(golden.Numbers("rows"), 5), TestData.Matrix(golden.Numbers("labelled"), 5));
    }
}
