using PyRelationAL.Predictions;

namespace PyRelationAL.Numerics;

/// <summary>
/// The joint distributions of the labels of pairs, J(y, y′) = (1/S) Σₘ Q[m,x,y] Q[m,x′,y′], of many x with a fixed set of x′: one matrix product for a block
/// of x.
/// </summary>
internal sealed class JointLabels
{
    private readonly double[] _packed;

    public JointLabels(PosteriorClassSamples others)
    {
        SampleCount = others.SampleCount;
        ClassCount = others.ClassCount;
        OtherCount = others.RowCount;
        int size = OtherCount * ClassCount;
        Columns = PanelProduct.Padded(size);
        _packed = new double[Columns * SampleCount];
        for (int m = 0; m < SampleCount; m++)
        {
            PanelProduct.Pack(others.Values.Slice(m * size, size), m, SampleCount, _packed);
        }
    }

    /// <summary>The number of x′.</summary>
    public int OtherCount { get; }

    public int ClassCount { get; }

    public int SampleCount { get; }

    /// <summary>The length of a row of <see cref="Write"/>, padding included; the padding is 0.</summary>
    public int Columns { get; }

    /// <summary>Writes the joint distributions of consecutive x.</summary>
    /// <param name="samples">Their posterior samples, with the same parameters as those of x′.</param>
    /// <param name="start">The first x.</param>
    /// <param name="count">How many.</param>
    /// <param name="joint">[x·C + y][x′·C + y′], rows of <see cref="Columns"/>.</param>
    public void Write(PosteriorClassSamples samples, int start, int count, Span<double> joint)
    {
        int rows = count * ClassCount;
        var a = new double[rows * SampleCount];
        for (int m = 0; m < SampleCount; m++)
        {
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> p = samples.Row(m, start + i);
                for (int y = 0; y < ClassCount; y++)
                {
                    a[(((i * ClassCount) + y) * SampleCount) + m] = p[y] / SampleCount;
                }
            }
        }

        PanelProduct.Multiply(a, rows, SampleCount, _packed, Columns, joint);
    }
}
