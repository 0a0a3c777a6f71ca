namespace PyRelationAL.Datasets;

/// <summary>Tells which fields mean that there is no value.</summary>
internal sealed class MissingTokens(IEnumerable<string> tokens)
{
    private readonly HashSet<string> _tokens = new(tokens, StringComparer.OrdinalIgnoreCase);

    public bool Contains(string field) => field.Length == 0 || _tokens.Contains(field);
}
