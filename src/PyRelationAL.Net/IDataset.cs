namespace PyRelationAL;

/// <summary>
/// Items with features and labels, addressed by index from 0 to <see cref="Count"/> − 1. Features do not change; labels may be missing and
/// can be set later, as the oracle gives them.
/// </summary>
/// <remarks>Reading is safe from several threads at once as long as nobody sets a label.</remarks>
public interface IDataset
{
    /// <summary>A name for messages and reports.</summary>
    string Name { get; }

    /// <summary>The number of items.</summary>
    int Count { get; }

    /// <summary>What is to be learned.</summary>
    LearningTask Task { get; }

    /// <summary>The number of features D of every item.</summary>
    int FeatureCount { get; }

    /// <summary>Copies the features of one item.</summary>
    /// <param name="index">The item, in [0, <see cref="Count"/>).</param>
    /// <param name="destination">Exactly <see cref="FeatureCount"/> elements.</param>
    void CopyFeatures(int index, Span<float> destination);

    /// <summary>The label of one item, <see cref="Label.Missing"/> where there is none yet.</summary>
    /// <param name="index">The item, in [0, <see cref="Count"/>).</param>
    /// <returns>The label.</returns>
    Label GetLabel(int index);

    /// <summary>Sets the label of one item.</summary>
    /// <param name="index">The item, in [0, <see cref="Count"/>).</param>
    /// <param name="label">A label that fits <see cref="Task"/>, or <see cref="Label.Missing"/>.</param>
    void SetLabel(int index, Label label);
}
