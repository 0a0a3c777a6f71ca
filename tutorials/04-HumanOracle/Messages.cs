using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tutorials;

/// <summary>Short messages to a software project: bug reports (class 0) and wishes (class 1), made up at random, as word counts for the model and as text
/// for the person.</summary>
internal static class Messages
{
    private static readonly string[] Bug = ["crash", "error", "wrong", "broken", "fails", "exception", "freezes", "lost"];
    private static readonly string[] Wish = ["please", "add", "support", "would", "nice", "option", "allow", "could"];
    private static readonly string[] Common = ["the", "report", "file", "when", "export", "with", "model", "chart", "large", "data", "window", "save"];
    private static readonly string[] Vocabulary = [.. Bug, .. Wish, .. Common];

    public static string[] Write(int count, out int[] truth)
    {
        var random = new RandomStream(11);
        truth = new int[count];
        var texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            truth[i] = random.NextInt32(2);
            string[] typical = truth[i] == 0 ? Bug : Wish;
            string[] untypical = truth[i] == 0 ? Wish : Bug;
            var words = new List<string>();
            for (int w = 0; w < 9; w++)
            {
                double u = random.NextDouble();
                string[] from = u < 0.35 ? typical : u < 0.43 ? untypical : Common;
                words.Add(from[random.NextInt32(from.Length)]);
            }

            texts[i] = string.Join(' ', words);
        }

        return texts;
    }

    /// <summary>The texts as a dataset: the model sees how often each word occurs, the person sees the text.</summary>
    public static DelegateDataset<string> AsDataset(string[] texts, Func<int, Label> knownLabel) => new(
        name: "messages",
        count: texts.Length,
        task: LearningTask.Classification(["bug", "wish"]),
        item: i => texts[i],
        featureCount: Vocabulary.Length,
        features: CountWords,
        label: knownLabel);

    private static void CountWords(string text, Span<float> counts)
    {
        counts.Clear();
        foreach (string word in text.Split(' '))
        {
            counts[Array.IndexOf(Vocabulary, word)]++;
        }
    }
}
