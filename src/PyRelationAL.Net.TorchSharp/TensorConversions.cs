using System.Runtime.InteropServices;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// From features and datasets to tensors, and back. Every method copies. Tensors are on the CPU and belong to the caller, or to the caller's scope.
/// </summary>
public static class TensorConversions
{
    /// <summary>Copies features into a tensor.</summary>
    /// <param name="features">N rows of D columns.</param>
    /// <returns>float32 [N×D].</returns>
    public static Tensor ToTensor(this FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return torch.tensor(features.Values.ToArray(), new long[] { features.RowCount, features.ColumnCount });
    }

    /// <summary>Copies the labels of some items into a tensor.</summary>
    /// <param name="items">The items; all labels present.</param>
    /// <returns>int64 [N], the classes; or float32 [N×1], the values.</returns>
    /// <exception cref="InvalidOperationException">A label is missing.</exception>
    /// <exception cref="ArgumentException">The task is multi-label.</exception>
    public static Tensor ToLabelTensor(this DatasetView items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.Task.Kind switch
        {
            TaskKinds.Classification => torch.tensor(Array.ConvertAll(items.ClassLabels(), c => (long)c), new long[] { items.Count }),
            TaskKinds.Regression => torch.tensor(Array.ConvertAll(items.Values(), v => (float)v), new long[] { items.Count, 1 }),
            _ => throw new ArgumentException($"Labels for {items.Task} have no tensor here.", nameof(items)),
        };
    }

    /// <summary>Copies a tensor into features.</summary>
    /// <param name="rows">Numbers of any type, on any device, of shape [N, ...]; what comes after N becomes one row.</param>
    /// <returns>Features [N×D].</returns>
    /// <exception cref="ArgumentException">The tensor has no dimensions, or a number is NaN or infinite.</exception>
    public static FeatureMatrix ToFeatureMatrix(this Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.shape.Length == 0)
        {
            throw new ArgumentException("A tensor without dimensions has no rows; its shape must be [N, ...].", nameof(rows));
        }

        int count = checked((int)rows.shape[0]);
        int width = rows.shape[1..].Aggregate(1, (product, length) => checked(product * (int)length));
        return new FeatureMatrix(rows.ToFloats(), count, width);
    }

    /// <summary>Copies tensors into a dataset: of classification where the labels are integers, of regression where they are not.</summary>
    /// <param name="features">[N, ...].</param>
    /// <param name="labels">[N] or [N×1]: class indices, −1 where one is missing; or values, NaN where one is missing.</param>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="classCount">C; by default the largest class + 1.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="ArgumentException">The numbers of rows and labels differ, a feature is not finite, or a label is out of range.</exception>
    public static InMemoryDataset ToDataset(this Tensor features, Tensor labels, string name, int? classCount = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        FeatureMatrix rows = features.ToFeatureMatrix();
        Guard.SameLength(rows.RowCount, checked((int)labels.numel()), Guard.Text($"labels of dataset '{name}'"), nameof(labels));
        using DisposeScope scope = torch.NewDisposeScope();
        return labels.is_integral()
            ? InMemoryDataset.ForClassification(name, rows, Array.ConvertAll(Copy<long>(labels, torch.int64), c => checked((int)c)), classCount)
            : InMemoryDataset.ForRegression(name, rows, Copy<double>(labels, torch.float64));
    }

    /// <summary>All numbers of a tensor, row-major.</summary>
    internal static float[] ToFloats(this Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return Copy<float>(tensor, torch.float32);
    }

    private static T[] Copy<T>(Tensor tensor, torch.ScalarType type)
        where T : unmanaged =>
        tensor.numel() == 0
            ? []
            : MemoryMarshal.Cast<byte, T>(tensor.detach().cpu().to_type(type).contiguous().bytes).ToArray();
}
