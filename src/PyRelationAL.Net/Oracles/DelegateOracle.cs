namespace PyRelationAL.Oracles;

/// <summary>Asks a function for each label: a console prompt, a web page, a laboratory's queue.</summary>
public sealed class DelegateOracle : IOracle
{
    private readonly Func<DatasetView, CancellationToken, ValueTask<IReadOnlyList<Label>>> _label;

    /// <summary>Asks for one label after the other, synchronously.</summary>
    /// <param name="label">From a dataset index to its label.</param>
    /// <param name="name">A name for the record of who labelled what.</param>
    public DelegateOracle(Func<int, Label> label, string name = "delegate")
        : this(name, (items, cancellationToken) =>
        {
            var labels = new Label[items.Count];
            for (int i = 0; i < labels.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                labels[i] = label(items.Indices[i]);
            }

            return ValueTask.FromResult<IReadOnlyList<Label>>(labels);
        })
    {
        ArgumentNullException.ThrowIfNull(label);
    }

    /// <summary>Asks for one label after the other, asynchronously.</summary>
    /// <param name="label">From a dataset index to its label.</param>
    /// <param name="name">A name for the record of who labelled what.</param>
    public DelegateOracle(Func<int, CancellationToken, Task<Label>> label, string name = "delegate")
        : this(name, async (items, cancellationToken) =>
        {
            var labels = new Label[items.Count];
            for (int i = 0; i < labels.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                labels[i] = await label(items.Indices[i], cancellationToken).ConfigureAwait(false);
            }

            return labels;
        })
    {
        ArgumentNullException.ThrowIfNull(label);
    }

    private DelegateOracle(string name, Func<DatasetView, CancellationToken, ValueTask<IReadOnlyList<Label>>> label)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        _label = label;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Asks for a whole batch at once, asynchronously.</summary>
    /// <param name="label">From the items to one label for each.</param>
    /// <param name="name">A name for the record of who labelled what.</param>
    /// <returns>The oracle.</returns>
    public static DelegateOracle ForBatches(Func<DatasetView, CancellationToken, Task<IReadOnlyList<Label>>> label, string name = "delegate")
    {
        ArgumentNullException.ThrowIfNull(label);
        return new DelegateOracle(name, (items, cancellationToken) => new ValueTask<IReadOnlyList<Label>>(label(items, cancellationToken)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Label>> LabelAsync(DatasetView items, CancellationToken cancellationToken = default) => _label(items, cancellationToken);
}
