using PyRelationAL.Datasets;

namespace PyRelationAL.Experiments.Reports;

/// <summary>What a comparison says, in words; nothing for other experiments.</summary>
internal static class AnswerSection
{
    public static Markup Render(ReportContent content)
    {
        bool isComparison = content.Settings.Count > 0 && content.Runs.Any(run => run.Spec.Start == FullStart.FullName)
            && content.Distinct(spec => spec.Dataset).Length == 1 && content.Distinct(spec => spec.Model).Length == 1;
        return isComparison && ComparisonAnswer.Of(content.Runs, content.Settings[0].Metric) is { } answer
            ? Markup.Html(
                $"""
                <section>
                <h2>The answer</h2>
                <p><strong>{answer.Sentences[0]}</strong></p>
                <ul>
                {answer.Sentences.Skip(1).Select(sentence => Markup.Html($"<li>{sentence}</li>\n"))}</ul>
                </section>
                """)
            : Markup.Empty;
    }
}
