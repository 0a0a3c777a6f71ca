using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public sealed class CsvGuessTests
{
    private static readonly string[] Header = ["id", "name", "colour", "country", "empty", "size", "grade", "ripe"];

    [Test]
    public void ColumnsThatSayNothingAreLeftOutAndTheRestIsRead()
    {
        CsvGuess guess = Guess(Table());
        Assert.That(guess.Options.IgnoredColumns, Is.EqualTo(new[] { "id", "name", "country", "empty" }));
        Assert.That(guess.Options.CategoricalColumns, Is.EqualTo(new[] { "grade" }));
        Assert.That(guess.Options.Missing, Is.EqualTo(MissingValues.ImputeMedian));
        Assert.That(guess.Options.Target, Is.EqualTo("ripe"));
        Assert.That(guess.Options.Task, Is.EqualTo(TaskKinds.Classification));
        using Stream stream = StreamOf(Table());
        InMemoryDataset data = CsvDataset.Load(stream, "apples.csv", guess.Options);
        // Three colours, the size, and three grades: 1, 2 and "best".
        Assert.That((data.Count, data.FeatureCount, data.Task.ClassCount), Is.EqualTo((30, 7, 2)));
    }

    [Test]
    public void EachGuessIsASentenceThatNamesWhatDecidesOtherwise()
    {
        CsvGuess guess = Guess(Table());
        Assert.That(guess.Settings.Select(s => s.Property), Is.EqualTo(new[]
        {
            "Target", "IgnoredColumns", "IgnoredColumns", "CategoricalColumns", "IgnoredColumns", "IgnoredColumns", "CategoricalColumns", "Missing", "Task",
        }));
        Assert.That(guess.Settings.Select(s => s.Text), Has.All.EndsWith(".").And.Some.Contains("'country' is left out: it never differs from 'Norway'")
            .And.Some.EqualTo("1 value is missing in 1 column: numbers become the column's median, texts its most frequent one."));
    }

    [Test]
    public void WhatIsGivenIsKept()
    {
        CsvGuess guess = Guess(
            Table().Replace("NA", "14.5"),
            new CsvOptions { Target = "size", Missing = MissingValues.DropRow, IgnoredColumns = ["ripe"], CategoricalColumns = ["id"] },
            "country");
        Assert.That(guess.Options.Target, Is.EqualTo("size"));
        Assert.That(guess.Options.Missing, Is.EqualTo(MissingValues.DropRow));
        Assert.That(guess.Options.IgnoredColumns, Is.EqualTo(new[] { "name", "empty", "ripe" }));
        Assert.That(guess.Options.CategoricalColumns, Is.EqualTo(new[] { "id", "grade" }));
        Assert.That(guess.Options.Task, Is.EqualTo(TaskKinds.Regression));
    }

    [Test]
    public void MeasurementsThatAllDifferAreNoIds()
    {
        string text = "a,b,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i * i},{i * 1.5},{i % 2}\n"));
        Assert.That(Guess(text).Options.IgnoredColumns, Is.Empty);
        Assert.That(Guess(text.Replace("a,b", "customer_id,b")).Options.IgnoredColumns, Is.EqualTo(new[] { "customer_id" }));
    }

    [TestCase("ripee", "Did you mean 'ripe'?")]
    [TestCase("id,,", "no target column")]
    public void AnUnknownTargetIsAnErrorWithTheNearestName(string target, string message) =>
        Assert.That(() => Guess(Table(), new CsvOptions { Target = target }), Throws.TypeOf<DatasetFormatException>().With.Message.Contains(message));

    [Test]
    public void AFullStartLabelsAllTrainingItems()
    {
        DataManager data = new FullStart().CreateDataManager(Iris.Load(), Iris.Load().StratifiedFolds(5, 1)[0], 3);
        Assert.That((data.LabelledCount, data.UnlabelledCount), Is.EqualTo((120, 0)));
        Assert.That(Start.Parse("Full"), Is.EqualTo(new FullStart()));
    }

    private static string Table() => string.Join(',', Header) + "\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
        $"{100 + i},apple {i},{(i % 3) switch { 0 => "red", 1 => "green", _ => "yellow" }},Norway,,{(i == 4 ? "NA" : (10.5 + i).ToString())},"
        + $"{(i % 5 == 0 ? "best" : 1 + (i % 2))},{(i % 4 == 0 ? "yes" : "no")}\n"));

    private static CsvGuess Guess(string text, CsvOptions? options = null, params string[] kept)
    {
        using Stream stream = StreamOf(text);
        return CsvGuess.Of(stream, "apples.csv", options, kept);
    }

    private static MemoryStream StreamOf(string text) => new(Encoding.UTF8.GetBytes(text));
}
