using System.Text.Json;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>The posterior of a softmax layer, against make_laplace.py.</summary>
public sealed class LogitPosteriorTests
{
    private static readonly Lazy<JsonDocument> Document = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "laplace.json"))));

    private static IEnumerable<string> Cases => Document.Value.RootElement.EnumerateObject().Select(p => p.Name);

    [Test]
    public void PrecisionCovarianceAndProbabilitiesAreNumPys([ValueSource(nameof(Cases))] string name, [Values] bool whole)
    {
        JsonElement data = Document.Value.RootElement.GetProperty(name), expected = data.GetProperty(whole ? "whole" : "factored");
        LogitPosterior posterior = Fit(data, whole, data.Numbers("weights"));
        Assert.That(posterior.PriorPrecision, Is.EqualTo(expected.Number("precision")).Within(1e-4).Percent);
        int classes = data.GetProperty("classes").GetInt32();
        double[] logits = new double[classes], covariance = new double[classes * classes], average = new double[classes];
        double[][] weights = [.. data.GetProperty("weights").EnumerateArray().Select(row => row.Numbers())];
        List<double> covariances = [], averages = [];
        foreach (double[] row in data.GetProperty("items").EnumerateArray().Select(e => e.Numbers()))
        {
            posterior.LogitCovariance(row, covariance);
            covariances.AddRange(covariance);
            for (int c = 0; c < classes; c++)
            {
                logits[c] = row.Zip(weights[c], (x, w) => x * w).Sum();
            }

            MeanFieldSoftmax.Average(logits, covariance, average);
            averages.AddRange(average);
        }

        Close.AssertAll([.. covariances], expected.Numbers("covariances"), 1e-5);
        Close.AssertAll([.. averages], expected.Numbers("averages"), 1e-5);
    }

    [Test]
    public void WhatAllClassesShareChangesNothing([Values] bool whole)
    {
        JsonElement data = Document.Value.RootElement.GetProperty("four classes");
        double[] weights = data.Numbers("weights"), shifted = [.. weights.Select((w, i) => w + 3 + (i % 6))];
        LogitPosterior posterior = Fit(data, whole, weights), other = Fit(data, whole, shifted);
        double[] row = data.GetProperty("items")[0].Numbers(), covariance = new double[16], otherCovariance = new double[16];
        posterior.LogitCovariance(row, covariance);
        other.LogitCovariance(row, otherCovariance);
        Assert.That(other.PriorPrecision, Is.EqualTo(posterior.PriorPrecision).Within(1e-9).Percent);
        Close.AssertAll(otherCovariance, covariance, 1e-9);
        Assert.That(covariance.Sum(), Is.Zero.Within(1e-12), "the logits' sum is not uncertain");
    }

    [Test]
    public void DrawsHaveTheCovariance([Values] bool whole)
    {
        const int Draws = 40_000;
        JsonElement data = Document.Value.RootElement.GetProperty("four classes");
        LogitPosterior posterior = Fit(data, whole, data.Numbers("weights"));
        double[] row = data.GetProperty("items")[1].Numbers(), covariance = new double[16], sum = new double[16], draw = new double[24];
        posterior.LogitCovariance(row, covariance);
        var random = new RandomStream(1);
        for (int m = 0; m < Draws; m++)
        {
            posterior.Draw(random.Child(m), draw);
            double[] logits = [.. Enumerable.Range(0, 4).Select(c => row.Select((x, j) => x * draw[(c * 6) + j]).Sum())];
            for (int k = 0; k < 16; k++)
            {
                sum[k] += logits[k / 4] * logits[k % 4] / Draws;
            }
        }

        double largest = covariance.Max();
        Assert.That(sum.Zip(covariance, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(0.04 * largest));
    }

    [Test]
    public void BothFormsAgreeWhereTheyMust()
    {
        // With equal probabilities for all rows H is a Kronecker product.
        JsonElement data = Document.Value.RootElement.GetProperty("four classes");
        double[] rows = data.Numbers("rows"), item = data.GetProperty("items")[0].Numbers(), one = new double[16], other = new double[16];
        double[] probabilities = [.. Enumerable.Repeat(new[] { 0.1, 0.2, 0.3, 0.4 }, 40).SelectMany(p => p)];
        var contrasts = new LogitContrasts(4);
        WholeLogitPosterior.Fit(contrasts, rows, probabilities, 0.7, default).LogitCovariance(item, one);
        KroneckerLogitPosterior.Fit(contrasts, rows, probabilities, 0.7, default).LogitCovariance(item, other);
        Close.AssertAll(other, one, 1e-9);
    }

    [Test]
    public void LargeLayersAreFactored()
    {
        Assert.That(Of(width: 128), Is.TypeOf<WholeLogitPosterior>(), "2 contrasts of 128 are 256");
        Assert.That(Of(width: 129), Is.TypeOf<KroneckerLogitPosterior>());

        static LogitPosterior Of(int width) => LogitPosterior.Fit(
            [.. Enumerable.Repeat(1.0, width)], [0.2, 0.3, 0.5], [.. Enumerable.Range(0, 3 * width).Select(i => (double)(i % 7))], 3, null, default);
    }

    [Test]
    public void TwoClassesGiveMacKaysProbit()
    {
        // κ(σ²) = (1 + πσ²/8)^−½ of the logits' difference, mean 1.5 and variance 2 + 3 − 2·0.5 = 4.
        double[] p = new double[2];
        MeanFieldSoftmax.Average([2, 0.5], [2, 0.5, 0.5, 3], p);
        Assert.That(p[0], Is.EqualTo(1 / (1 + Math.Exp(-1.5 / Math.Sqrt(1 + (Math.PI / 2))))).Within(1e-14));
        Assert.That(p[0] + p[1], Is.EqualTo(1).Within(1e-14));
        MeanFieldSoftmax.Average([800, 0, -800], new double[9], p = new double[3]);
        Assert.That(p, Is.EqualTo(new double[] { 1, 0, 0 }));
    }

    [Test]
    public void ThePrecisionIsTheInverseMeanSquare()
    {
        Assert.That(LogitPosterior.MostLikelyPrecision([0.5, -0.5, 1, 0]), Is.EqualTo(4 / 1.5).Within(1e-14));
        Assert.That(LogitPosterior.MostLikelyPrecision([0, 0]), Is.EqualTo(1e12));
    }

    private static LogitPosterior Fit(JsonElement data, bool whole, double[] weights)
    {
        int classes = data.GetProperty("classes").GetInt32(), width = weights.Length / classes;
        var contrasts = new LogitContrasts(classes);
        double precision = LogitPosterior.MostLikelyPrecision(contrasts.Project(weights, width));
        return whole
            ? WholeLogitPosterior.Fit(contrasts, data.Numbers("rows"), data.Numbers("probabilities"), precision, default)
            : KroneckerLogitPosterior.Fit(contrasts, data.Numbers("rows"), data.Numbers("probabilities"), precision, default);
    }
}
