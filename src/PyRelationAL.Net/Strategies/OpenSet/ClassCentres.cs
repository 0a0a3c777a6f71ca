using System.Numerics.Tensors;

namespace PyRelationAL.Strategies;

/// <summary>
/// The centre loss, the mean over a batch of ‖h − c_y‖² with a centre c for each class (Wen, Zhang, Li and Qiao, "A discriminative feature learning approach
/// for deep face recognition", ECCV 2016; their factor ½ is in the weight). Centres begin at 0 and follow their class at a rate of their own.
/// </summary>
internal sealed class ClassCentres(int classes, int width)
{
    // α of the paper.
    private const double Rate = 0.5;

    private readonly double[] _centres = new double[classes * width];
    private readonly double[] _change = new double[classes * width];
    private readonly int[] _counts = new int[classes];

    public Span<double> Of(int label) => _centres.AsSpan(label * width, width);

    /// <summary>Writes the gradient of the weighted loss by h.</summary>
    /// <param name="rows">h, row-major.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="weight">The weight of the loss.</param>
    /// <param name="gradient">As many numbers as there are in the rows.</param>
    /// <returns>The weighted loss.</returns>
    public double Write(ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, double weight, Span<double> gradient)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            TensorPrimitives.Subtract(rows.Slice(i * width, width), Of(labels[i]), gradient.Slice(i * width, width));
        }

        double loss = weight * TensorPrimitives.SumOfSquares<double>(gradient) / labels.Length;
        TensorPrimitives.Multiply(gradient, 2 * weight / labels.Length, gradient);
        return loss;
    }

    /// <summary>Moves each centre by α Σ (h − c)/(1 + n) over the n rows of its class.</summary>
    public void Follow(ReadOnlySpan<double> rows, ReadOnlySpan<int> labels)
    {
        Array.Clear(_change);
        Array.Clear(_counts);
        for (int i = 0; i < labels.Length; i++)
        {
            Span<double> change = _change.AsSpan(labels[i] * width, width);
            TensorPrimitives.Add(change, rows.Slice(i * width, width), change);
            TensorPrimitives.Subtract(change, Of(labels[i]), change);
            _counts[labels[i]]++;
        }

        for (int c = 0; c < classes; c++)
        {
            TensorPrimitives.MultiplyAdd(_change.AsSpan(c * width, width), Rate / (1 + _counts[c]), Of(c), Of(c));
        }
    }
}
