namespace PyRelationAL.Strategies;

/// <summary>
/// What <see cref="MQNetStrategy"/> remembers of a run: its last query, and the one before, from which it learns as long as the last has no answer. A round
/// that is begun once more so finds what it found at first.
/// </summary>
/// <param name="Last">The last query.</param>
/// <param name="Before">The one that had answers when the last was made; null where none had.</param>
internal sealed record MetaMemory(MetaQuery Last, MetaQuery? Before)
{
    /// <summary>The newest query with answers, and these; null where there is none.</summary>
    public MetaAnswers? Answers(QueryContext context) => Last.Answered(context) ?? Before?.Answered(context);
}
