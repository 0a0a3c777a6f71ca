namespace PyRelationAL.Datasets;

/// <summary>Texts and their labels, in order.</summary>
internal sealed record LabelledTexts(IReadOnlyList<string> Texts, IReadOnlyList<Label> Labels)
{
    /// <summary>A dataset of several parts, one after the other; idf is learned from the first one, the train part.</summary>
    public static TextDataset Join(DatasetInfo info, params LabelledTexts[] parts) => new(
        info.Name,
        [.. parts.SelectMany(part => part.Texts)],
        info.Task,
        [.. parts.SelectMany(part => part.Labels)],
        HashedTfidf.Fit(parts[0].Texts));
}
