using System.Text.Json;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.GaussianProcesses;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.GaussianProcesses;

/// <summary>Twelve data sets against scikit-learn: values, fits from a cold start on, and what plain loops query.</summary>
public class ScikitLearnRoundsTests
{
    private static IEnumerable<string> Names() => RoundsData.Names;

    [TestCaseSource(nameof(Names))]
    public void ValuesAtFixedHyperparametersAreTheSame(string name)
    {
        var data = new RoundsData(name);
        DatasetView labelled = data.All.Slice(0, RoundsData.TrainedCount);
        IModelManager model = data.Train(labelled, fit: false);
        Close.AssertAll(RoundsData.LogLikelihoods(model), data.Golden.Numbers("logLikelihoods"), 1e-9, "likelihoods");
        double[] predictions = model switch
        {
            GaussianProcessRegressor r => Interleaved(r.PredictGaussian(data.Test)),
            GaussianProcessClassifier c => Present(c.PredictProbabilities(data.Test), data),
            _ => [],
        };
        Close.AssertAll(predictions, data.Golden.Numbers("predictions"), 1e-6, "predictions");
        Close.AssertAll(Gradients(data, labelled), data.Golden.Numbers("gradients"), 1e-6, "gradients");
    }

    [TestCaseSource(nameof(Names))]
    public void FittedLikelihoodsAreNoWorse(string name)
    {
        var data = new RoundsData(name);
        foreach (JsonElement fit in data.Golden.GetProperty("fits").EnumerateArray())
        {
            int[] rows = [.. fit.Numbers("rows").Select(r => (int)r)];
            double[] got = RoundsData.LogLikelihoods(data.Train(data.All.SelectRows(rows), fit: true)), expected = fit.Numbers("logLikelihoods");
            Assert.That(got, Has.Length.EqualTo(expected.Length));
            for (int k = 0; k < got.Length; k++)
            {
                Assert.That(got[k], Is.GreaterThanOrEqualTo(expected[k] - 1e-3), $"{rows.Length} rows, function {k}");
            }
        }
    }

    [Test, Combinatorial]
    public void QueriesAreTheSameWhereScoresAreSeparated([ValueSource(nameof(Names))] string name, [Values] bool fit, [Values] bool warmStart)
    {
        var data = new RoundsData(name);
        IModelManager model = data.Create(fit, warmStart);
        var labelled = data.Golden.Numbers("start").Select(r => (int)r).ToList();
        double unit = data.Classes > 0 ? 1 : data.All.Values().Max() - data.All.Values().Min();
        int compared = 0;
        foreach (JsonElement round in data.Golden.GetProperty(fit ? "fittedRounds" : "fixedRounds").EnumerateArray())
        {
            model.EndRound();
            model.Train(data.All.SelectRows([.. labelled]), null, new RandomStream(1));
            int query = round.GetProperty("query").GetInt32();
            double[] expected = round.Numbers("logLikelihoods"), got = RoundsData.LogLikelihoods(model);

            // Where fitting ends in another optimum, the query may be another one.
            bool same = Enumerable.Range(0, got.Length).All(k => Math.Abs(got[k] - expected[k]) < 1e-5 * Math.Max(1, Math.Abs(expected[k])));
            Assert.That(same || fit, Is.True, "fixed hyperparameters");
            if (same && round.Number("gap") > (fit ? 5e-4 : 1e-7) * unit)
            {
                int[] pool = [.. Enumerable.Range(0, RoundsData.PoolCount).Except(labelled)];
                IStrategy strategy = data.Classes > 0 ? new LeastConfidenceStrategy() : new VarianceReductionStrategy();
                var context = new QueryContext(data.All.SelectRows(pool), data.All.SelectRows([.. labelled]), model, new RandomStream(1));
                Assert.That(strategy.Suggest(context, 1).Indices[0], Is.EqualTo(query), $"{labelled.Count} labels");
                compared++;
            }

            labelled.Add(query);
        }

        TestContext.Out.WriteLine($"{compared} of 30 rounds compared");
        Assert.That(compared, Is.GreaterThan(fit ? 0 : 9));
    }

    private static double[] Gradients(RoundsData data, DatasetView labelled)
    {
        var inputs = new TrainingInputs(labelled.Features);
        Kernel kernel = data.Kernel;
        var gradient = new double[kernel.FreeCount];
        if (data.Classes == 0)
        {
            double[] y = labelled.Values();
            double mean = y.Average(), deviation = Math.Sqrt(y.Average(v => (v - mean) * (v - mean)));
            new RegressionLikelihood(inputs, [.. y.Select(v => (v - mean) / deviation)], 1e-10).Evaluate(kernel, gradient);
            return gradient;
        }

        int[] labels = labelled.ClassLabels(), present = [.. labels.Distinct().Order()];
        var all = new List<double>();
        foreach (int positive in present.Length == 2 ? present[1..] : present)
        {
            new LaplaceLikelihood(inputs, [.. labels.Select(c => c == positive ? 1.0 : 0)]).Evaluate(kernel, gradient);
            all.AddRange(gradient);
        }

        return [.. all];
    }

    private static double[] Interleaved(GaussianPredictions predictions) =>
        [.. Enumerable.Range(0, predictions.Mean.Length).SelectMany(i => new[] { predictions.Mean[i], predictions.StandardDeviation[i] })];

    private static double[] Present(ClassProbabilities probabilities, RoundsData data)
    {
        int[] present = [.. data.Golden.Numbers("present").Select(c => (int)c)];
        return [.. Enumerable.Range(0, probabilities.RowCount).SelectMany(i => present.Select(c => probabilities.Row(i)[c]))];
    }
}
