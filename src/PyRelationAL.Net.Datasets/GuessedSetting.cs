namespace PyRelationAL.Datasets;

/// <summary>A setting that nobody gave, and that was read off the data. Immutable.</summary>
/// <param name="Property">The property of the options that decides it otherwise, such as <c>Missing</c>.</param>
/// <param name="Text">What was chosen and why, as one sentence.</param>
public sealed record GuessedSetting(string Property, string Text)
{
    /// <summary>The sentence.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
