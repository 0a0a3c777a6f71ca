using PyRelationAL.Numerics;

namespace PyRelationAL.Oracles;

/// <summary>Answers with the labels that the dataset already holds: for simulations on fully labelled data.</summary>
public sealed class BenchmarkOracle : IOracle
{
    /// <inheritdoc/>
    public string Name => "benchmark";

    /// <inheritdoc/>
    /// <exception cref="OracleException">The dataset has no label for an item.</exception>
    public ValueTask<IReadOnlyList<Label>> LabelAsync(DatasetView items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        cancellationToken.ThrowIfCancellationRequested();
        var labels = new Label[items.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = items.Dataset.GetLabel(items.Indices[i]);
            if (labels[i].IsMissing)
            {
                throw new OracleException(
                    Guard.Text($"The benchmark oracle has no label for item {items.Indices[i]}: dataset '{items.Dataset.Name}' is not fully labelled. ")
                    + "Use a DelegateOracle that asks for it.");
            }
        }

        return ValueTask.FromResult<IReadOnlyList<Label>>(labels);
    }
}
