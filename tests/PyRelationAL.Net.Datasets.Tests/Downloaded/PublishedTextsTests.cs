using System.Text;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>The shared copies of TREC-6 and SST-5, written anew in their publishers' formats. Skipped where the shared folder is missing.</summary>
public sealed class PublishedTextsTests
{
    [Test]
    public void TheTestQuestionsOfTrec6AreThePublishersFileByteForByte()
    {
        byte[] file = Questions("text/TREC6_test.csv");
        Assert.That(Downloads.ToyDataset.Hash(file), Is.EqualTo(TREC6.Source.Info.Files[1].Sha256));
    }

    [Test]
    public void QuestionsHaveThePublishedCounts()
    {
        LabelledTexts train = Read("text/TREC6_train.csv"), test = Read("text/TREC6_test.csv");
        Assert.That(Counts(train, 6), Is.EqualTo(new[] { 86, 1250, 1162, 1223, 835, 896 }));
        Assert.That(Counts(test, 6), Is.EqualTo(new[] { 9, 94, 138, 65, 81, 113 }));
        TextDataset all = LabelledTexts.Join(TREC6.Source.Info, train, test);
        Assert.That((all.Count, all.FeatureCount), Is.EqualTo((TREC6.Source.Info.Rows, TREC6.Source.Info.Features)));
        Assert.That(all.GetItem(5452), Is.EqualTo("How far is it from Denver to Aspen ?"));

        static LabelledTexts Read(string name) => QuestionFile.Read(new MemoryStream(Questions(name)), name, TREC6.Source.Info.Task.ClassNames!);
    }

    [Test]
    public void SentencesHaveThePublishedCounts()
    {
        LabelledTexts[] parts = [Read("text/SST5_train.csv"), Read("text/SST5_dev.csv"), Read("text/SST5_test.csv")];
        Assert.That(Counts(parts[0], 5), Is.EqualTo(new[] { 1092, 2218, 1624, 2322, 1288 }));
        Assert.That(Counts(parts[1], 5), Is.EqualTo(new[] { 139, 289, 229, 279, 165 }));
        Assert.That(Counts(parts[2], 5), Is.EqualTo(new[] { 279, 633, 389, 510, 399 }));
        Assert.That(LabelledTexts.Join(SST5.Source.Info, parts).Count, Is.EqualTo(SST5.Source.Info.Rows));

        static LabelledTexts Read(string name)
        {
            var trees = new StringBuilder();
            foreach (string[] row in Rows(name))
            {
                IEnumerable<string> words = row[0].Replace("(", "-LRB-").Replace(")", "-RRB-").Split(' ', StringSplitOptions.RemoveEmptyEntries);
                trees.Append('(').Append(row[1]).Append(string.Concat(words.Select(word => $" (2 {word})"))).Append(")\n");
            }

            LabelledTexts read = TreebankFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(trees.ToString())), name, 5);
            Assert.That(read.Texts[0], Is.EqualTo(Rows(name)[0][0]));
            return read;
        }
    }

    private static byte[] Questions(string name) => Encoding.Latin1.GetBytes(string.Concat(Rows(name).Select(row => $"{row[2]}:{row[1]} {row[0]}\n")));

    private static int[] Counts(LabelledTexts texts, int classes) =>
        [.. Enumerable.Range(0, classes).Select(c => texts.Labels.Count(label => label.Class == c))];

    private static List<string[]> Rows(string name)
    {
        using FileStream stream = File.OpenRead(SharedData.Path(name));
        return CsvTable.Read(stream, name, ',', hasHeader: true).Rows;
    }
}
