using System.Numerics;
using System.Runtime.InteropServices;

namespace PyRelationAL.Strategies;

/// <summary>
/// Rows on their way through a <see cref="SmallNetwork"/>: the values between its layers, and what comes down by them. It is used again from step to step, so
/// that training allocates nothing.
/// </summary>
internal sealed class NetworkPass
{
    private readonly int[] _widths;
    private readonly double[][] _values;
    private readonly double[]?[] _gradients;
    private double[] _ones = [];

    /// <param name="network">Whose widths to make room for.</param>
    /// <param name="capacity">The most rows.</param>
    public NetworkPass(SmallNetwork network, int capacity)
    {
        _widths = network.Widths.ToArray();
        _values = Array.ConvertAll(_widths, width => new double[checked(capacity * width)]);
        _gradients = new double[_widths.Length][];
        Capacity = capacity;
        Count = capacity;
    }

    public int Capacity { get; }

    /// <summary>How many rows there are, at most as many as there is room for.</summary>
    public int Count { get; set; }

    public Span<double> Inputs => Values(0);

    public Span<double> Outputs => Values(_values.Length - 1);

    /// <summary>The values of the last layer before the outputs.</summary>
    public Span<double> Hidden => Values(_values.Length - 2);

    /// <summary>To be set before coming down.</summary>
    public Span<double> OutputGradient => Gradients(_values.Length - 1);

    public Span<double> InputGradient => Gradients(0);

    /// <summary>1 for each row.</summary>
    public ReadOnlySpan<double> Ones
    {
        get
        {
            if (_ones.Length < Capacity)
            {
                _ones = new double[Capacity];
                Array.Fill(_ones, 1);
            }

            return _ones.AsSpan(0, Count);
        }
    }

    /// <summary>The inputs of a layer, row-major; behind the last layer, the outputs.</summary>
    public Span<double> Values(int layer) => _values[layer].AsSpan(0, Count * _widths[layer]);

    /// <summary>The gradient by them.</summary>
    public Span<double> Gradients(int layer) => (_gradients[layer] ??= new double[_values[layer].Length]).AsSpan(0, Count * _widths[layer]);

    /// <summary>Sets to 0 what belongs to units that are off.</summary>
    /// <param name="values">One for each activation.</param>
    /// <param name="activations">Of ReLU; 0 where a unit is off.</param>
    public static void SwitchOff(Span<double> values, ReadOnlySpan<double> activations)
    {
        Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(values);
        ReadOnlySpan<Vector<double>> on = MemoryMarshal.Cast<double, Vector<double>>(activations[..values.Length]);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.ConditionalSelect(Vector.GreaterThan(on[i], Vector<double>.Zero), wide[i], Vector<double>.Zero);
        }

        for (int i = wide.Length * Vector<double>.Count; i < values.Length; i++)
        {
            values[i] = activations[i] > 0 ? values[i] : 0;
        }
    }
}
