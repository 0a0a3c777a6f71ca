using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks;

/// <summary>What the vector code of the Euclidean distances buys over TensorPrimitives and over a plain loop: one row to 4,096 others.</summary>
public class DistanceBenchmarks
{
    private const int Rows = 4096;

    private readonly double[] _distances = new double[Rows];
    private double[] _from = [];
    private double[] _rows = [];

    /// <summary>The number of columns D.</summary>
    [Params(4, 16, 64, 256)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomStream(1);
        _from = [.. Enumerable.Range(0, Columns).Select(_ => random.NextGaussian())];
        _rows = [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.NextGaussian())];
    }

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        for (int i = 0; i < Rows; i++)
        {
            double sum = 0;
            for (int j = 0; j < Columns; j++)
            {
                double d = _from[j] - _rows[(i * Columns) + j];
                sum += d * d;
            }

            _distances[i] = Math.Sqrt(sum);
        }
    }

    [Benchmark]
    public void TensorPrimitivesDistance()
    {
        for (int i = 0; i < Rows; i++)
        {
            _distances[i] = TensorPrimitives.Distance<double>(_from, _rows.AsSpan(i * Columns, Columns));
        }
    }

    [Benchmark]
    public void OneRowToMany() => DistanceMetric.Euclidean.ToRows(_from, _rows, _distances);
}
