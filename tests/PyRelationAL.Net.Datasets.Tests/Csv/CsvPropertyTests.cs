using System.Diagnostics;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Csv;

public class CsvPropertyTests
{
    private static readonly Gen<float> Numbers = Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle).Where(float.IsFinite);

    // Texts that need quoting, and one ordinary letter so that none is empty, a missing token or a number.
    private static readonly Gen<string> Texts =
        from middle in Gen.Elements(",", ";", "\"", "\n", "\r\n", " ", "é", "|", "\t", "'", string.Empty).ArrayOf(3)
        select "t" + string.Concat(middle) + "t";

    private static readonly Arbitrary<(float[] Numbers, string[] Texts, char Separator)> Tables = Arb.From(
        from rows in Gen.Choose(2, 20)
        from numbers in Numbers.ArrayOf(rows)
        from texts in Texts.ArrayOf(rows)
        from separator in Gen.Elements(',', ';', '\t', '|')
        where texts.Distinct().Count() > 1
        select (numbers, texts, separator));

    [Test]
    public void WhatIsWrittenIsReadBack() => Prop.ForAll(Tables, table =>
    {
        var text = new StringBuilder("number" + table.Separator + "text\r\n");
        for (int i = 0; i < table.Numbers.Length; i++)
        {
            text.Append(table.Numbers[i].ToString("R", CultureInfo.InvariantCulture)).Append(table.Separator)
                .Append('"').Append(table.Texts[i].Replace("\"", "\"\"")).Append("\"\r\n");
        }

        InMemoryDataset dataset = CsvText.Load(text.ToString(), new CsvOptions { Separator = table.Separator });
        return dataset.Features.Values.SequenceEqual(table.Numbers)
            && Enumerable.Range(0, dataset.Count).All(i => dataset.Task.ClassNames![dataset.GetLabel(i).Class] == table.Texts[i])
            && dataset.Task.ClassNames!.SequenceEqual(table.Texts.Distinct().Order(StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AHundredThousandRowsLoadInSeconds()
    {
        const int Rows = 100_000;
        const int Width = 10;
        var random = new RandomStream(5);
        var text = new StringBuilder("a,b,c,d,e,f,g,h,i,j,y\n");
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Width; j++)
            {
                text.Append(random.NextGaussian().ToString("R", CultureInfo.InvariantCulture)).Append(',');
            }

            text.Append(i % 3 == 0 ? "yes\n" : "no\n");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        var clock = Stopwatch.StartNew();
        InMemoryDataset dataset = CsvText.Load(bytes);
        TestContext.Out.WriteLine($"{bytes.Length >> 20} MiB in {clock.ElapsedMilliseconds} ms");

        Assert.That((dataset.Count, dataset.FeatureCount), Is.EqualTo((Rows, Width)));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "well above what a slow machine needs, well below anything quadratic");
    }
}
