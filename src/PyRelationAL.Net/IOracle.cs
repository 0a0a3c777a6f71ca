namespace PyRelationAL;

/// <summary>Gives labels: a benchmark's hidden answers, a person, a laboratory. Asynchronous, since people and laboratories are slow.</summary>
public interface IOracle
{
    /// <summary>A name for the record of who labelled what.</summary>
    string Name { get; }

    /// <summary>Labels items.</summary>
    /// <param name="items">What to label. Any labels that the dataset holds of them are for a benchmark oracle only.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>One label for each item, in order, none missing.</returns>
    ValueTask<IReadOnlyList<Label>> LabelAsync(DatasetView items, CancellationToken cancellationToken = default);
}
