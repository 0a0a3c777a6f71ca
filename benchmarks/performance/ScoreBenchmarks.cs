using BenchmarkDotNet.Attributes;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.SelectionCriteria;

namespace PyRelationAL.Benchmarks;

/// <summary>The static score functions on one thread, checks of their input included: 100,000 candidates, 10 classes, 20 posterior samples.</summary>
[MemoryDiagnoser]
public class ScoreBenchmarks
{
    private const int Candidates = 100_000;
    private const int Classes = 10;
    private const int Samples = 20;

    private readonly double[] _scores = new double[Candidates];
    private double[] _samples = [];
    private double[] _probabilities = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomStream(1);
        _samples = new double[Samples * Candidates * Classes];
        for (int start = 0; start < _samples.Length; start += Classes)
        {
            Span<double> row = _samples.AsSpan(start, Classes);
            double sum = 0;
            foreach (ref double p in row)
            {
                p = -Math.Log(random.NextOpenDouble());
                sum += p;
            }

            foreach (ref double p in row)
            {
                p /= sum;
            }
        }

        _probabilities = _samples[..(Candidates * Classes)];
    }

    [Benchmark]
    public void EntropyOfRows() => Entropy.Compute(_probabilities, Classes, _scores);

    [Benchmark]
    public void Margin() => MarginConfidence.Compute(_probabilities, Classes, _scores);

    [Benchmark]
    public void Bald() => ClassificationBald.Compute(_samples, Samples, Classes, _scores);

    [Benchmark]
    public void Votes() => VoteEntropy.Compute(_samples, Samples, Classes, _scores);

    [Benchmark]
    public int[] Top100() => TopK.Select(_probabilities, 100);
}
