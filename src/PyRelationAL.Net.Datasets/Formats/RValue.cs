namespace PyRelationAL.Datasets;

/// <summary>A value of R: numbers (double[] or int[]), texts (string[]), a list (RValue[]), or null for anything else.</summary>
internal sealed record RValue(object? Data, IReadOnlyList<(string Name, RValue Value)> Attributes)
{
    public static readonly RValue Nothing = new(null, []);

    public RValue? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name).Value;
}
