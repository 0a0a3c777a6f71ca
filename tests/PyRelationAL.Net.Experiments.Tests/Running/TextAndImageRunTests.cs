using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Running;

/// <summary>Datasets that keep texts and bytes, with the built-in models.</summary>
public sealed class TextAndImageRunTests
{
    private static readonly string[] Good = ["a good film", "good play", "the film is good", "fine and good acting"];

    private static readonly string[] Bad = ["a bad film", "bad play", "the film is bad", "dull and bad acting"];

    [Test]
    public void LinearModelsAndNetworksLearnFromTextsAndImages(
        [Values("LogisticRegression", "NeuralNetwork")] string model, [Values(true, false)] bool standardise)
    {
        DatasetSource[] sources = [Source(Texts), Source(Images)];
        ExperimentPlan plan = Fixtures.Plan with { Datasets = sources, Model = ModelCatalogue.Find(model), Seeds = [1], Standardise = standardise };
        ExperimentResults results = ExperimentRunner.Run(plan.Prepare());
        Assert.That(results.FailedCount, Is.Zero, string.Join(' ', results.Runs.Select(run => run.Error?.Message)));
        Assert.That(results.Runs.Select(run => run.Spec.Dataset).Distinct(), Is.EquivalentTo(new[] { "texts", "images" }));
        Assert.That(results.Runs.Select(run => run.Metrics["accuracy"][^1]).Average(), Is.GreaterThan(0.8));
    }

    [Test]
    public void Trec6IsLearnedAsWellAsLinearModelsOfHashedTextsDo()
    {
        (string Text, string Class)[] train = Questions("text/TREC6_train.csv"), test = Questions("text/TREC6_test.csv");
        LearningTask task = TREC6.Source.Info.Task;
        Label[] labels = [.. train.Concat(test).Select(q => Label.OfClass(task.ClassNames!.ToList().IndexOf(q.Class)))];
        HashedTfidf features = HashedTfidf.Fit([.. train.Select(q => q.Text)]);
        var questions = new TextDataset("TREC6", [.. train.Concat(test).Select(q => q.Text)], task, labels, features);
        IModelManager model = new LogisticRegression();
        model.Train(new DatasetView(questions, Enumerable.Range(0, 5452).ToArray()), null, new RandomStream(1));

        // scikit-learn's LogisticRegression on these features: 0.784.
        Assert.That(model.Evaluate(new DatasetView(questions, Enumerable.Range(5452, 500).ToArray()))["accuracy"], Is.EqualTo(0.784).Within(0.005));
    }

    private static DatasetSource Source(Func<IDataset> create) => new(DatasetSource.Of(create()).Info, _ => create());

    private static TextDataset Texts()
    {
        string[] texts = [.. Enumerable.Repeat(Good.Concat(Bad), 6).SelectMany(t => t)];
        return new TextDataset("texts", texts, LearningTask.Classification(2), Labels(texts.Length, 4), HashedTfidf.Fit(texts));
    }

    private static ImageDataset Images()
    {
        const int Count = 48;
        var random = new RandomStream(3);
        byte[] pixels = [.. Enumerable.Range(0, Count * 12).Select(i => (byte)(random.NextInt32(100) + (i / 12 / 4 % 2 * 100)))];
        return new ImageDataset("images", pixels, 3, 2, 2, LearningTask.Classification(2), Labels(Count, 4));
    }

    private static Label[] Labels(int count, int run) => [.. Enumerable.Range(0, count).Select(i => Label.OfClass(i / run % 2))];

    // The last two columns are classes; only the first may be quoted.
    private static (string Text, string Class)[] Questions(string name) =>
    [
        .. File.ReadLines(SharedData.Path(name)).Skip(1).Select(line =>
        {
            int last = line.LastIndexOf(','), before = line.LastIndexOf(',', last - 1);
            return (line[..before].Trim('"').Replace("\"\"", "\""), line[(last + 1)..]);
        }),
    ];
}
